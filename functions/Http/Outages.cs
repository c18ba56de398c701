using System.Net.Sockets;
using Azure;
using Microsoft.AspNetCore.Http;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>Tells exceptions that come from outside of the program from those that are its own faults.</summary>
internal static class Outages
{
    /// <returns>Null for a bug.</returns>
    public static Error? Of(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions.Count: > 0 } several => Of(several),
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => new StorageUnavailable(),
        BadHttpRequestException => new MalformedRequest(),
        OperationCanceledException or TimeoutException or HttpRequestException or SocketException => new ServiceUnavailable(),
        _ => null,
    };

    /// <summary>The storage's client reports its retries together; one bug among them is a bug.</summary>
    private static Error? Of(AggregateException several)
    {
        var errors = several.Flatten().InnerExceptions.Select(Of).ToList();
        return errors.Contains(null) ? null : errors[0];
    }
}
