namespace Serverless.Emulator.Hosting;

/// <summary>The app cannot start as it is; the message says which function or setting is at fault and why.</summary>
public sealed class FunctionMisconfiguredException : Exception
{
    public FunctionMisconfiguredException(string message)
        : base(message)
    {
    }

    public FunctionMisconfiguredException(string function, string fault)
        : base($"Function '{function}': {fault}")
    {
    }
}
