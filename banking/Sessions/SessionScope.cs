namespace Serverless.Banking.Sessions;

/// <summary>What a session is good for.</summary>
public enum SessionScope
{
    Full,

    /// <summary>Smart Pay only (AUTH-21): any other function refuses it.</summary>
    SmartPay,
}
