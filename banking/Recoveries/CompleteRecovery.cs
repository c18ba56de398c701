using Serverless.Banking.Audit;
using Serverless.Banking.Channels;
using Serverless.Banking.Credentials;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Recoveries;

/// <summary>Takes the new password, which counts in the app and the Internet Branch at once; every session ends and every lock is lifted (AUTH-16).</summary>
/// <remarks>Killed anywhere, the repetition of the same step completes it: the password is set once per recovery.</remarks>
public sealed class CompleteRecovery
{
    private readonly StepTable<Recovery, RecoveryStep> table;
    private readonly SetPassword set;
    private readonly SessionTable sessions;

    internal CompleteRecovery(StepTable<Recovery, RecoveryStep> table, SetPassword set, SessionTable sessions) => (this.table, this.set, this.sessions) = (table, set, sessions);

    /// <param name="field">JSON pointer of the password.</param>
    /// <returns>Or, first match: the errors of the step, <see cref="ChannelBlocked"/> (LIFE-04), those of <see cref="SetPassword"/>.</returns>
    public async Task<Result<User>> RunAsync(RecoveryId id, string password, string field, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id.Value, cancellation, RecoveryStep.ChoosePassword, RecoveryStep.Login);
        if (!found.IsSuccess)
            return found.Error;
        var recovery = found.Value.Value;
        var customer = recovery.Customer!.Value;
        if ((await sessions.ChannelAsync(customer, cancellation)).State == ChannelState.Blocked)
            return new ChannelBlocked();
        var changed = await set.RunAsync(
            new PasswordChange(customer, password, field, PasswordChangeReason.Recovered, $"recovery|{recovery.Id}", AuditActor.Customer(customer), Using: recovery.UniqueCode),
            cancellation);
        if (changed.IsSuccess && recovery.Next != RecoveryStep.Login)
            await table.WriteAsync(found.Value, recovery with { Next = RecoveryStep.Login }, CancellationToken.None);
        return changed;
    }
}
