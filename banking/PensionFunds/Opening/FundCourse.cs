using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Partners;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

/// <summary>How an application goes on. Every step may be repeated and raced, by whoever comes next; the fund's row decides, guarded by its ETag.</summary>
internal sealed class FundCourse(
    FundTable table, FundSubmissions submissions, FundRules rules, PensionClient companies, ReturnContribution returns, TransferTable transfers, FindContactDetails contacts, FundContract contract,
    FundNotices notices)
{
    /// <summary>Before a company that did not answer is asked again, and before a confirmation is taken for abandoned.</summary>
    private static readonly Duration Pause = Duration.FromMinutes(5);

    /// <summary>Does what its state asks for, as far as it goes now; then tells.</summary>
    public async Task<StoredFund> ContinueAsync(StoredFund stored, CancellationToken cancellation)
    {
        if (stored.It is { State: FundState.Draft, Submission: { } submission } && submission.At + Pause <= rules.Now)
            stored = await FinishSubmissionAsync(stored, cancellation);
        stored = await table.ChangeAsync(stored, it => it.SeenAt(rules.Now) is { State: FundState.Cancelled } over && it.State == FundState.Draft ? over : null, cancellation);
        if (stored.It is { State: FundState.Submitted, IsPassed: false })
            stored = await PassAsync(stored, cancellation);
        if (stored.It.IsWaiting && EndingOf(stored.It) is { } ending)
            stored = await LetGoAsync(stored, ending, cancellation);
        if (AlertOf(stored.It) is { } alert && alert <= rules.Now)
        {
            await table.EnterDeskAsync(stored.It, cancellation);
            stored = await table.ChangeAsync(stored, it => AlertOf(it) is { } due ? it with { AlertedAt = due } : null, cancellation);
        }

        if (stored.It is { IsPassed: true, IsContractKept: false })
        {
            await NoteAsync(stored.It, isReturned: false, cancellation);
            await contract.PlaceAsync(stored.It, cancellation);
            stored = await table.ChangeAsync(stored, it => it.IsContractKept ? null : it with { IsContractKept = true }, cancellation);
        }

        if (stored.It is { State: FundState.Cancelled, IsOver: false })
            stored = await RefundAsync(stored, cancellation);
        await notices.TellAsync(stored.It, rules.Now, rules.Options, cancellation);
        if (stored.It is { State: FundState.Cancelled, IsOver: true })
            await table.EraseAtAsync(stored.It, stored.It.Timeline[^1].At + Duration.FromDays(rules.Options.RetentionDays), cancellation);
        await table.LeaveQueuesAsync(stored.It, cancellation);
        return stored;
    }

    /// <summary>When it has to be looked at next; null when nobody is waited for.</summary>
    public Instant? WakeOf(PrivateFund it)
    {
        if (it is { State: FundState.Draft, Submission: { } submission })
            return submission.At + Pause;
        if (it is { State: FundState.Submitted, IsPassed: false } || (it.IsWaiting && EndingOf(it) is not null) || it is { State: FundState.Cancelled, IsOver: false })
            return rules.Now + Pause;
        return new[] { AlertOf(it), FundNotices.ReminderOf(it, rules.Options) is { } reminder && reminder > rules.Now ? reminder : null, it.Deadline }.Min();
    }

    /// <summary>The contract is signed.</summary>
    public PrivateFund Activate(PrivateFund it, string contractNumber, LocalDate signedOn)
    {
        var active = it.At(FundState.Active, rules.Now) with { ContractNumber = contractNumber, OpenedOn = signedOn, IsPassed = true };
        return it.Payment is { Mode: FundPaymentMode.Periodic, FrequencyMonths: { } months, PaymentDate: { } first } payment
            ? active with { Authorisation = AuthorisationFrom(payment.From, payment.Amount, months, first, payment.EndsOn, rules.Today) }
            : active;
    }

    /// <param name="today">Nothing that was due before is collected.</param>
    public static FundAuthorisation AuthorisationFrom(Ledger.AccountId from, Money amount, int months, LocalDate paymentDate, LocalDate? endsOn, LocalDate today)
    {
        var next = ContributionCalendar.FirstFrom(paymentDate, months, endsOn, LocalDate.Max(paymentDate, today));
        return new FundAuthorisation(
            from, amount, months, paymentDate, endsOn, next is null ? FundAuthorisationState.Finished : FundAuthorisationState.Active, 0,
            next is { } date ? ContributionCalendar.FirstTry(date) : null, null, null);
    }

    private string? EndingOf(PrivateFund it) => it.CancelReason is not null ? FundEndings.ByBank : it.Deadline <= rules.Now ? FundEndings.NotSigned : null;

    /// <summary>When the company should have contacted the customer; null when it has, or the back office knows.</summary>
    private Instant? AlertOf(PrivateFund it) =>
        it is { State: FundState.Submitted, AlertedAt: null } ? it.SubmittedAt + Duration.FromHours(rules.Options.ContactHours) : null;

    private async Task<StoredFund> FinishSubmissionAsync(StoredFund stored, CancellationToken cancellation)
    {
        var carried = await submissions.CarryThroughAsync(stored, cancellation);
        return carried.IsSuccess ? carried.Value : (await table.FindAsync(stored.It.Customer, stored.It.Id, cancellation))!;
    }

    private async Task<StoredFund> PassAsync(StoredFund stored, CancellationToken cancellation)
    {
        var (it, payment) = (stored.It, stored.It.Payment!);
        var contact = await contacts.RunAsync(it.Customer, cancellation);
        var plan = PensionPlans.Of(it.Plan);
        var answer = await companies.ApplyAsync(
            new PensionApplication(
                it.Id, plan.ManagerId, it.Plan, it.Description, contact?.PersonalNumber ?? "", contact?.Name ?? "", contact?.Phone, contact?.Email, payment.Amount, payment.FrequencyMonths,
                payment.PaymentDate, payment.EndsOn, it.Submission!.Terms is null ? null : FundSubmissions.TransferOf(it, it.Submission).Value),
            cancellation);
        return answer switch
        {
            PensionAnswer.Taken => await table.ChangeAsync(stored, now => now.IsPassed ? null : now with { IsPassed = true }, cancellation),
            PensionAnswer.Refused => await table.ChangeAsync(
                stored, now => now.State == FundState.Submitted && !now.IsPassed ? now.At(FundState.Cancelled, rules.Now) with { EndedBy = FundEndings.Refused } : null, cancellation),
            _ => stored,
        };
    }

    /// <summary>The company is asked first: a contract that is signed stands.</summary>
    private async Task<StoredFund> LetGoAsync(StoredFund stored, string ending, CancellationToken cancellation)
    {
        var answer = await companies.CancelAsync(stored.It.Id, cancellation);
        return answer.Answer switch
        {
            PensionAnswer.Taken => await table.ChangeAsync(stored, it => it.IsWaiting ? it.At(FundState.Cancelled, rules.Now) with { EndedBy = ending } : null, cancellation),
            PensionAnswer.Refused => await table.ChangeAsync(stored, it => it.IsWaiting ? Activate(it, answer.ContractNumber!, answer.SignedOn!.Value) : null, cancellation),
            _ => stored,
        };
    }

    private async Task<StoredFund> RefundAsync(StoredFund stored, CancellationToken cancellation)
    {
        if (await FindContributionAsync(stored.It, cancellation) is not { State: TransferState.Settled or TransferState.Returned } paid)
            throw new InvalidOperationException($"The contribution of {stored.It.Id} is not in the books yet.");
        await returns.RunAsync(paid, cancellation);
        await NoteAsync(stored.It, isReturned: true, cancellation);
        await notices.ReturnedAsync(stored.It, paid, cancellation);
        await returns.CloseAsync(paid, cancellation);
        return await table.ChangeAsync(stored, it => it.IsRefunded ? null : it with { IsRefunded = true }, cancellation);
    }

    /// <summary>Of what was paid at the confirmation.</summary>
    private async Task NoteAsync(PrivateFund it, bool isReturned, CancellationToken cancellation)
    {
        if (await FindContributionAsync(it, cancellation) is { } paid)
            await table.NoteAsync(it.Customer, it.Id, paid.Id.Value, FundContribution.Paid(paid, isReturned || it.IsRefunded), cancellation);
    }

    private async Task<Transfer?> FindContributionAsync(PrivateFund it, CancellationToken cancellation) => it.Submission is { Terms: not null } submission
        ? (await transfers.FindAsync(it.Customer, FundSubmissions.TransferOf(it, submission), cancellation))?.Transfer
        : null;
}
