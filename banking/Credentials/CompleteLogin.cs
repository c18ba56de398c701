using Serverless.Banking.Customers;
using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Credentials;

/// <summary>Opens the session of a login that has proven everything, however it did (AUTH-02, AUTH-03, AUTH-06 to AUTH-11).</summary>
/// <remarks>Whoever calls has used up the last proof before, so only one caller gets here. Device, session and challenge are each written once however often this is repeated.</remarks>
public sealed class CompleteLogin
{
    private readonly LoginChallengeTable challenges;
    private readonly UserTable users;
    private readonly LockoutTable lockouts;
    private readonly FindContactDetails contacts;
    private readonly RecordLogin record;
    private readonly OpenSession open;

    internal CompleteLogin(
        LoginChallengeTable challenges, UserTable users, LockoutTable lockouts, FindContactDetails contacts, RecordLogin record, OpenSession open) =>
        (this.challenges, this.users, this.lockouts, this.contacts, this.record, this.open) = (challenges, users, lockouts, contacts, record, open);

    /// <param name="proofs">What came after <see cref="LoginChallenge.Methods"/>, in the words of RFC 8176.</param>
    /// <param name="method">As the device's activity tells it.</param>
    /// <returns>Or, first match: <see cref="NotRegistered"/>, <see cref="ContractNotConfirmed"/>, the errors of <see cref="OpenSession"/>.</returns>
    public async Task<Result<LoginCompleted>> RunAsync(LoginChallenge challenge, IReadOnlyList<string> proofs, LoginMethod method, CancellationToken cancellation)
    {
        if (await users.FindAsync(challenge.Customer, cancellation) is not { } user)
            return new NotRegistered();
        if (user.AwaitsContract)
            return new ContractNotConfirmed();
        var recorded = await record.RunAsync(
            new LoginToRecord(challenge.Customer, challenge.Installation, challenge.Id.ToString(), method)
            {
                RemembersCustomer = challenge.RemembersCustomer,
                Place = challenge.Place,
                RecoveredAt = user.RecoveredAt,
            },
            cancellation);
        var start = new SessionStart(
            challenge.Customer, null, challenge.Channel, challenge.Installation.Id, challenge.Installation.PublicKeyJwk, recorded.DeviceTrusted, challenge.Scope,
            [.. challenge.Methods, .. proofs], user.MayPay, challenge.Id.ToString());
        var opened = await open.RunAsync(start, cancellation);
        if (!opened.IsSuccess)
            return opened.Error;

        await lockouts.ChangeAsync(challenge.Customer, (now, _) => now is { Failures: 0, Cancelled.Count: 0 } ? now : now.LoggedIn(), cancellation);
        if (await challenges.FindAsync(challenge.Id, cancellation) is { State: LoginChallengeState.Open } stored)
            await challenges.TryWriteAsync(stored with { State = LoginChallengeState.Completed }, cancellation);
        var contact = await contacts.RunAsync(challenge.Customer, cancellation);
        return new LoginCompleted(challenge.Customer, contact?.Name, user.MayPay, challenge.Scope, opened.Value, recorded);
    }
}
