using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Bills;

namespace Serverless.Functions.Bills;

[Description("An authorisation to pay, or to remind of, the invoices of a subscriber.")]
public sealed record AuthorisationResponse(
    Guid Id,
    [property: Description("The bank's agreement reference.")] string Number,
    string Company,
    [property: Description("Given by the institution.")] string SubscriberNumber,
    PaymentType PaymentType,
    AuthorisationState State,
    [property: Description("No invoice above it is paid automatically; null: no limit.")] Money? Maximum,
    Guid AccountId,
    [property: Description("Day of the month of payment or notice; null: notice when an invoice appears.")] int? PaymentDay,
    LocalDate StartDate,
    [property: Description("The last day on which it holds; null: until cancelled.")] LocalDate? EndDate,
    bool EmailNotice,
    [property: Description("When the bank looks at the invoices next; null: not by the calendar.")] LocalDate? NextDate)
{
    public static AuthorisationResponse From(Authorisation it) => new(
        it.Id.Value, it.Number, it.Account.Company.Value, it.Account.ClientCode, it.Terms.Type, it.State, it.Terms.Maximum, it.Terms.From.Value,
        it.Terms.PaymentDay, it.StartedOn, it.Terms.EndsOn, it.Terms.EmailNotice, it.Next?.On);
}
