using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Bills;

/// <summary>What customers are told of how their payments ended (BILL-20, BILL-28).</summary>
internal sealed class PaymentNotices(
    SendNotice send, AuthorisationTable authorisations, ContractTable contracts, CompanyCatalogue companies, FindAccount accounts, TimeProvider time)
    : IPaymentListener
{
    /// <summary>An e-mail when the client account has an active authorisation with the notice switched on, whoever paid (BILL-20).</summary>
    public async Task PaidAsync(Payment payment, CancellationToken cancellation)
    {
        var today = PaymentCalendar.Today(Instant.FromDateTimeOffset(time.GetUtcNow()));
        if (await authorisations.FindWithEmailNoticeAsync(payment.Customer, payment.Account, cancellation) is not { } it || it.IsOver(today))
            return;

        var contract = await contracts.FindAsync(payment.Customer, ContractId.Of(payment.Customer, payment.Account), cancellation);
        var account = await accounts.RunAsync(payment.Customer, payment.From, cancellation);
        var facts = new Dictionary<string, string>
        {
            ["company"] = companies.Of(payment.Account.Company).Name,
            ["contract"] = contract?.Name ?? payment.Account.ClientCode,
            ["invoiceNumber"] = payment.InvoiceNumber,
            ["amount"] = Words.Amount(payment.Total),
            ["date"] = Words.Date(PaymentCalendar.Today(payment.Timeline[^1].At)),
            ["account"] = account.Match(found => found.Iban.ToString(), _ => "…"),
        };
        var id = NoticeId.Of(nameof(NoticeKind.InvoicePaid), payment.Id.Value.ToString("N"));
        await send.RunAsync(new Notice(id, payment.Customer, NoticeChannel.Email, NoticeKind.InvoicePaid, facts, $"bills/payments/{payment.Id}"), cancellation);
    }

    /// <summary>A push: the customer believes the invoice paid, or has forgotten it.</summary>
    public async Task ReturnedAsync(Payment payment, CancellationToken cancellation)
    {
        var facts = new Dictionary<string, string>
        {
            ["company"] = companies.Of(payment.Account.Company).Name,
            ["invoiceNumber"] = payment.InvoiceNumber,
            ["amount"] = Words.Amount(payment.Debit),
        };
        var id = NoticeId.Of(nameof(NoticeKind.PaymentReturned), payment.Id.Value.ToString("N"));
        await send.RunAsync(new Notice(id, payment.Customer, NoticeChannel.Push, NoticeKind.PaymentReturned, facts, $"bills/payments/{payment.Id}"), cancellation);
    }
}
