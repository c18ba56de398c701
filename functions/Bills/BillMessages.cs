using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Bills;

namespace Serverless.Functions.Bills;

// What several functions answer with.

[Description("A company, as contracts and payments name it.")]
public sealed record CompanyName(string Id, string Name)
{
    public static CompanyName From(Company company) => new(company.Id.Value, company.Name);
}

[Description("An invoice of a company.")]
public sealed record InvoiceResponse(
    [property: Description("The contract number or client code the invoice was issued for.")] string ClientCode,
    string SubscriberName,
    string Number,
    Money Amount,
    [property: Description("Late interest; zero when there is none.")] Money Penalty,
    [property: Description("Amount and penalty: what is paid.")] Money Total,
    LocalDate IssuedOn,
    LocalDate? DueOn,
    InvoiceState State,
    [property: Description("Its last payment, when that failed.")] PaymentFailureResponse? LastFailure)
{
    public static InvoiceResponse From(Invoice invoice) => new(
        invoice.Account.ClientCode, invoice.SubscriberName, invoice.Number, invoice.Amount, invoice.Penalty, invoice.Total, invoice.IssuedOn,
        invoice.DueOn, invoice.State, invoice.LastFailure is { } failure ? new PaymentFailureResponse(failure.Code, failure.At) : null);
}

public sealed record PaymentFailureResponse(string Code, Instant At);

[Description("The account proposed to pay from: the main one.")]
public sealed record ProposedAccountResponse(Guid Id, string Name, string Number, Money Available)
{
    public static ProposedAccountResponse? From(Account? account) =>
        account is null ? null : new ProposedAccountResponse(account.Id.Value, account.Name, account.Number, account.Available);
}

[Description("The unpaid invoices of a client code.")]
public sealed record UnpaidInvoicesResponse(
    string Company,
    string ClientCode,
    string SubscriberName,
    [property: Description("The contract's name; null without a contract.")] string? ContractName,
    [property: Description("Oldest first. One in state paying has a payment under way.")] IReadOnlyList<InvoiceResponse> Items,
    ProposedAccountResponse? ProposedAccount,
    [property: Description("When the company said so.")] Instant AsOf,
    [property: Description("The company does not answer now: this is the last it said.")] bool IsStale)
{
    public static UnpaidInvoicesResponse From(UnpaidInvoices unpaid) => new(
        unpaid.Account.Company.Value, unpaid.Account.ClientCode, unpaid.SubscriberName, unpaid.Contract?.Name,
        [.. unpaid.Invoices.Select(InvoiceResponse.From)], ProposedAccountResponse.From(unpaid.ProposedAccount), unpaid.AsOf, unpaid.IsStale);
}
