namespace Serverless.Emulator.Durable.Replay;

internal static class IllegalAwait
{
    public static InvalidOperationException Exception() => new(
        "An invalid asynchronous invocation was detected. This can be caused by awaiting non-durable tasks in an orchestrator " +
        "function's implementation or by middleware that invokes asynchronous code.");
}
