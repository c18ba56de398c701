using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Azure;
using Azure.Core;

namespace Serverless.Testing;

/// <summary>Status and, after a write, the row's new ETag.</summary>
internal sealed class MemoryResponse(int status, ETag? etag = null) : Response
{
    public override int Status => status;

    public override bool IsError => status >= 400;

    public override string ReasonPhrase => "";

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => etag is { } known ? [new HttpHeader("ETag", known.ToString())] : [];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = name.Equals("ETag", StringComparison.OrdinalIgnoreCase) ? etag?.ToString() : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}

/// <summary>The service's refusals, as the client throws them.</summary>
internal static class MemoryRefusal
{
    /// <summary>Where the client keeps the index of the refused action of a group.</summary>
    private const string FailedAction = "FailedEntity";

    public static RequestFailedException TableNotFound() => Of(404, "TableNotFound", "The table specified does not exist.", null);

    public static RequestFailedException TableExists() => Of(409, "TableAlreadyExists", "The table specified already exists.", null);

    public static RequestFailedException NotFound(int? index = null) => Of(404, "ResourceNotFound", "The specified resource does not exist.", index);

    public static RequestFailedException Invalid(string code, string message) => Of(400, code, message, null);

    public static RequestFailedException Of(int status, string code, string message, int? index)
    {
        var refusal = new RequestFailedException(status, message, code, null);
        if (index is { } action)
        {
            refusal.Data[FailedAction] = action.ToString(CultureInfo.InvariantCulture);
        }

        return refusal;
    }
}
