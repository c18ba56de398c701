using Azure;
using Microsoft.AspNetCore.Connections;

namespace Serverless.Emulator.Hosting;

/// <summary>Faults at start that a sentence explains better than a stack trace.</summary>
internal static class StartFaults
{
    /// <returns>Null for a fault of another kind: a bug, whose trace is wanted.</returns>
    public static string? Explain(Exception fault, HostStartup startup) => fault switch
    {
        FunctionMisconfiguredException => fault.Message,
        IOException { InnerException: AddressInUseException } =>
            $"Port {startup.ListenPort()} is taken: end what uses it, or choose another by --port or the setting FUNCTIONS_PORT.",
        RequestFailedException { Status: 0 } or AggregateException { InnerException: RequestFailedException { Status: 0 } } =>
            "The storage account of the setting AzureWebJobsStorage does not answer. Is Azurite running?",
        _ => null,
    };
}
