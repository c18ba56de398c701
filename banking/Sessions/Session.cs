using NodaTime;
using Serverless.Banking.Devices;

namespace Serverless.Banking.Sessions;

/// <summary>A session as the bank keeps it; what its row says counts, never what a token says.</summary>
/// <param name="Name">As the bank knew it at the sign-in; null when it has no contact details.</param>
/// <param name="LastActivityAt">At most <see cref="SessionsOptions.ActivitySeconds"/> before the truth.</param>
/// <param name="EndsAt">When it is over whatever is done.</param>
/// <param name="Ending">Null while it is good.</param>
public sealed record Session(
    SessionId Id, CustomerId Customer, UserName? User, SessionChannel Channel, InstallationId Installation, string? InstallationKey, bool DeviceTrusted,
    SessionScope Scope, IReadOnlyList<string> Methods, bool MayPay, Instant OpenedAt, Instant LastActivityAt, Instant EndsAt, SessionEnding? Ending, string? Name)
{
    public override string ToString() => $"session {Id}";
}
