using Serverless.Banking.Approvals;

namespace Serverless.Banking.Credentials;

/// <summary>Staff lift every lock of a customer, with four eyes and without touching the password (AUTH-30).</summary>
public sealed class UnlockUser
{
    public const string Kind = "user_unlock";

    private readonly ProposeChange propose;

    internal UnlockUser(ProposeChange propose) => this.propose = propose;

    /// <param name="identifiedBy">How the officer made sure who asks.</param>
    /// <returns>The proposal, which another officer decides. Or, first match: <see cref="IdempotencyKeyReused"/>, <see cref="UserNotLocked"/>.</returns>
    public Task<Result<Change>> RunAsync(
        string key, CustomerId customer, string identifiedBy, string reason, Audit.AuditActor officer, CancellationToken cancellation) =>
        propose.RunAsync(
            new ChangeProposal(key, Kind, $"customer/{customer.Value}", customer.Value, $"unlocked, identified by {identifiedBy}", reason), officer, cancellation);
}

/// <summary>Carries an unlocking out.</summary>
internal sealed class UserUnlockChange(LockoutTable lockouts) : IChangeHandler
{
    public string Kind => UnlockUser.Kind;

    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation)
    {
        var now = await lockouts.FindAsync(CredentialKeys.Partition(CustomerId.Of(content)), cancellation);
        return now.IsBlocked ? "blocked"
            : now.Refuse(lockouts.Now) is not null ? "locked"
            : now.RefuseRegistration(lockouts.Now) is not null ? "registration locked"
            : new UserNotLocked();
    }

    public async Task<Result<string>> ApplyAsync(Change change, CancellationToken cancellation)
    {
        await lockouts.ChangeAsync(CustomerId.Of(change.Content), (now, _) => now == Lockout.None ? now : Lockout.None, cancellation);
        return "unlocked";
    }
}
