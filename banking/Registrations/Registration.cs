using NodaTime;

namespace Serverless.Banking.Registrations;

/// <summary>The default value of this type is no registration.</summary>
public readonly record struct RegistrationId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

public enum RegistrationPath
{
    /// <summary>"I am a client of the bank."</summary>
    ExistingClient,

    /// <summary>"I want to become a client."</summary>
    NewClient,
}

/// <summary>What is to be done next.</summary>
public enum RegistrationStep
{
    /// <summary>Say which client (ONB-02).</summary>
    Identify,

    /// <summary>Prove it by a card or a unique code (ONB-03, ONB-04).</summary>
    ProveMethod,

    /// <summary>Type the code that was sent (ONB-06).</summary>
    EnterCode,

    /// <summary>Choose a password (ONB-08).</summary>
    ChoosePassword,

    /// <summary>Sign in: the registration is done.</summary>
    Login,

    /// <summary>Somebody who is no client goes on with the application of ONB-09.</summary>
    OpenApplication,
}

public enum RegistrationMethod
{
    Card,
    UniqueCode,
}

/// <summary>A client on the way to a password.</summary>
/// <param name="Customer">Null until the client is identified.</param>
public sealed record Registration(RegistrationId Id, RegistrationPath Path, RegistrationStep Next, CustomerId? Customer, Instant ExpiresAt)
{
    /// <summary>The ways that were open when the client was identified.</summary>
    public IReadOnlyList<RegistrationMethod> Methods { get; init; } = [];

    /// <summary>The unique code that proved it; used up with the registration.</summary>
    internal Credentials.UniqueCodeId? UniqueCode { get; init; }

    /// <summary>What its one-time codes are bound to.</summary>
    internal string Binding => Id.ToString();
}
