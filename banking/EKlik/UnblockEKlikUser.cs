using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <summary>Staff let a blocked user, or a user with a blocked token, in again; with four eyes and without touching password and secrets (EKL-26).</summary>
public sealed class UnblockEKlikUser
{
    public const string Kind = "eklik_unblock";

    private readonly ProposeChange propose;
    private readonly EKlikTable table;

    internal UnblockEKlikUser(ProposeChange propose, EKlikTable table) => (this.propose, this.table) = (propose, table);

    /// <param name="key">The officer's idempotency key.</param>
    /// <returns>The proposal, which another officer decides. Or, first match: <see cref="EKlikUserNotFound"/>, <see cref="IdempotencyKeyReused"/>, <see cref="EKlikUserNotBlocked"/>.</returns>
    public async Task<Result<Change>> RunAsync(string key, UserName name, string identifiedBy, string reason, AuditActor officer, CancellationToken cancellation) =>
        await table.FindAsync(name, cancellation) is not { } row
            ? new EKlikUserNotFound()
            : await propose.RunAsync(
                new ChangeProposal(key, Kind, $"customer/{row.Customer.Value}", name.Value, $"eKlik user {name.Value} unblocked, identified by {identifiedBy}", reason), officer, cancellation);
}

/// <summary>Carries an unblocking out. A code that was guessed at too often stays void; the branch issues another one.</summary>
internal sealed class EKlikUnblockChange(EKlikTable table) : IChangeHandler
{
    public string Kind => UnblockEKlikUser.Kind;

    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation) =>
        await table.FindAsync(UserName.Find(content)!.Value, cancellation) switch
        {
            { Blocking: { } blocking } => $"blocked ({blocking switch
            {
                EKlikBlocking.Requested => "at the customer's request",
                EKlikBlocking.WrongPasswords => "wrong passwords",
                _ => "wrong activation codes",
            }})",
            { Token.IsBlocked: true } => "token blocked",
            _ => new EKlikUserNotBlocked(),
        };

    public Task<Result<string>> ApplyAsync(Change change, CancellationToken cancellation) => table.DecideAsync<string>(
        UserName.Find(change.Content)!.Value,
        (row, _) => row is { Blocking: null, Token: null or { IsBlocked: false } }
            ? new(row, "unblocked")
            : new(
                row with { Blocking = null, BlockedAt = null, PasswordTries = 0, Token = row.Token is { } token ? token with { Tries = 0, IsBlocked = false } : null },
                "unblocked"),
        cancellation);
}
