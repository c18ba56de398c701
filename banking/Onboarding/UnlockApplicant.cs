using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;
using Serverless.Banking.Credentials;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Onboarding;

/// <summary>Staff lift the lock of an applicant who typed wrong codes, with four eyes as <see cref="UnlockUser"/> does it for users (ONB-25).</summary>
public sealed class UnlockApplicant
{
    internal const string Kind = "applicant_unlock";

    private readonly OnboardingTable table;
    private readonly ProposeChange propose;

    internal UnlockApplicant(OnboardingTable table, ProposeChange propose) => (this.table, this.propose) = (table, propose);

    /// <param name="identifiedBy">How the officer made sure who asks.</param>
    /// <returns>
    /// The proposal, which another officer decides; nobody is named in it. Or, first match: <see cref="InvalidInput"/> with <see cref="Accounts.EmailInvalid"/>, <see cref="PersonalIdInvalid"/>;
    /// <see cref="IdempotencyKeyReused"/>, <see cref="ApplicantNotLocked"/>.
    /// </returns>
    public async Task<Result<Change>> RunAsync(
        string key, string email, string personalId, string identifiedBy, string reason, AuditActor officer, CancellationToken cancellation)
    {
        var who = SendEmailCode.Read(email, personalId);
        if (!who.IsSuccess)
            return who.Error;
        var partition = SendEmailCode.Lock(table, who.Value.Number, who.Value.Email);
        return await propose.RunAsync(
            new ChangeProposal(key, Kind, $"applicant/{StableGuid.Of("applicant lock", partition):D}", partition, $"unlocked, identified by {identifiedBy}", reason), officer, cancellation);
    }
}

/// <summary>Carries an unlocking out.</summary>
internal sealed class ApplicantUnlockChange(LockoutTable lockouts) : IChangeHandler
{
    public string Kind => UnlockApplicant.Kind;

    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation) =>
        (await lockouts.FindAsync(content, cancellation)).RefuseRegistration(lockouts.Now) is not null ? "registration locked" : new ApplicantNotLocked();

    public async Task<Result<string>> ApplyAsync(Change change, CancellationToken cancellation)
    {
        await lockouts.ChangeAsync(change.Content, (now, _) => now == Lockout.None ? now : Lockout.None, cancellation);
        return "unlocked";
    }
}
