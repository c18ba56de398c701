using System.Globalization;
using Azure;

namespace Serverless.Emulator.Storage;

/// <summary>An answer without a value: a conditional read that found nothing new.</summary>
internal sealed class NoBodyResponse<T>(Response response) : Response<T>
{
    public override bool HasValue => false;

    public override T Value => throw new ResponseBodyNotFoundException(response);

    public override Response GetRawResponse() => response;
}

/// <summary>Somebody asked for the value of an answer that has none.</summary>
internal sealed class ResponseBodyNotFoundException(Response response)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"Service returned {response.Status} {response.ReasonPhrase}: there is no value."));
