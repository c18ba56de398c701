using System.Globalization;
using Serverless.Banking.Customers;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Deposits;

/// <summary>What the customer is told of his deposit, and the desk of money that waits; each thing once.</summary>
internal sealed class DepositNotices(SendNotice send, DepositRates rates)
{
    public Task RemindAsync(Deposit it, CancellationToken cancellation) => PushAsync(
        it, NoticeKind.DepositMaturityReminder, it.Term.Number, new() { ["amount"] = Words.Amount(it.Term.Principal), ["date"] = Words.Date(it.Term.Matures) }, cancellation);

    /// <summary>Nothing in the first term.</summary>
    public async Task TellRenewalAsync(Deposit it, CancellationToken cancellation)
    {
        if (it.Renewed is not { } before)
            return;
        await PushAsync(
            it, NoticeKind.DepositRenewed, before.Number,
            new()
            {
                ["amount"] = Words.Amount(it.Term.Principal),
                ["rate"] = it.Term.RatePercent.ToString("0.00##", CultureInfo.InvariantCulture),
                ["date"] = Words.Date(it.Term.Matures),
            },
            cancellation);
    }

    public Task TellPaidAsync(Deposit it, DepositPayment payment, CancellationToken cancellation) => PushAsync(
        it, payment.IsPrincipal ? NoticeKind.DepositPaidOut : NoticeKind.DepositInterestPaid, payment.Term, new() { ["amount"] = Words.Amount(payment.Amount) }, cancellation);

    /// <summary>The customer, who may open or free an account, and the desk.</summary>
    public async Task TellWaitingAsync(Deposit it, CancellationToken cancellation)
    {
        await PushAsync(it, NoticeKind.DepositPaymentWaiting, it.Term.Number, [], cancellation);
        await send.RunAsync(
            new Notice(
                NoticeId.Of("deposit payment waits at the desk", it.Id.Value.ToString("N"), Number(it.Term.Number)), null, NoticeChannel.Email, NoticeKind.DepositPaymentToDesk,
                new Dictionary<string, string> { ["contract"] = it.ContractNumber, ["customer"] = it.Customer.Value })
            {
                Address = rates.Rules.Desk,
                Language = Language.Albanian,
            },
            cancellation);
    }

    private Task PushAsync(Deposit it, NoticeKind kind, int term, Dictionary<string, string> facts, CancellationToken cancellation)
    {
        facts["contract"] = it.ContractNumber;
        return send.RunAsync(
            new Notice(NoticeId.Of(kind.ToString(), it.Id.Value.ToString("N"), Number(term)), it.Customer, NoticeChannel.Push, kind, facts, $"deposits/{it.Id}"), cancellation);
    }

    private static string Number(int term) => term.ToString(CultureInfo.InvariantCulture);
}
