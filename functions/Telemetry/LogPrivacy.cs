using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Serverless.Functions.Telemetry;

/// <summary>Tells of an exception its types and where it came from, and not its message.</summary>
/// <remarks>The bank's log templates carry ids only; but what a library says of the text it could not read quotes that text.</remarks>
internal sealed class LogPrivacy : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is not { } exception)
            return;
        var chain = Chain(exception).ToArray();
        data.Attributes =
        [
            .. data.Attributes ?? [],
            new("exception.type", string.Join(" <- ", chain.Select(TypeOf))),
            new("exception.stacktrace", string.Join(Environment.NewLine, chain.Select(one => $"{TypeOf(one)}{Environment.NewLine}{one.StackTrace}"))),
        ];
        data.Exception = null;
    }

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var one = exception; one is not null; one = one.InnerException)
            yield return one;
    }

    /// <summary>Azure's answers are told apart by their codes.</summary>
    private static string TypeOf(Exception e) => e is Azure.RequestFailedException failed ? $"{e.GetType().FullName} {failed.Status} {failed.ErrorCode}" : e.GetType().FullName!;
}
