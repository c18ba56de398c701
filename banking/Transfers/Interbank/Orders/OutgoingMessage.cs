using Serverless.Banking.Accounts;
using Serverless.Banking.Iso20022;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>The pacs.008 of an order. The same order always gives the same bytes.</summary>
internal static class OutgoingMessage
{
    /// <returns>The message as XML, held to its own rules; or what is wrong with it.</returns>
    public static Result<string> Write(InterbankOrder order, Bic own)
    {
        var (transfer, payee) = (order.Transfer, order.Transfer.To);
        var message = new CreditTransferMessage(
            new GroupHeader(order.MessageId, order.SentAt ?? transfer.OrderedAt, own, Bic.Find(payee.Bank?.Bic)),
            [
                new CreditTransfer(
                    order.MessageId, order.MessageId, order.MessageId, transfer.Amount, order.ExecutionDate,
                    order.Charge.IsPositive ? order.Instructed : null,
                    transfer.FeeBearer switch { FeeBearer.Sender => ChargeBearer.Debt, FeeBearer.Beneficiary => ChargeBearer.Cred, _ => ChargeBearer.Shar },
                    order.Charge.IsPositive ? [(order.Charge, new MessageAgent(own))] : [],
                    new MessageParty(MessageText.Basic(transfer.Payer.Name ?? "Customer", 140)),
                    MessageAccount.Of(Iban.Of(transfer.Payer.Account)),
                    new MessageAgent(own),
                    Agent(payee.Bank),
                    new MessageParty(MessageText.Basic(payee.Name, 140), Address(payee.Address)),
                    Iban.Find(payee.Account) is { } iban ? MessageAccount.Of(iban) : MessageAccount.OfNumber(payee.Account),
                    null,
                    transfer.Description is { Length: > 0 } text ? MessageText.Basic(text, 140) : null),
            ]);
        var xml = MessageXml.Write(message);
        var check = MessageXml.ReadCreditTransfer(xml);
        return check.IsSuccess ? xml : check.Error;
    }

    private static MessageAgent Agent(PayeeBank? bank) => bank is null ? new MessageAgent(null) : new MessageAgent(
        Bic.Find(bank.Bic),
        bank.Name is { Length: > 0 } name ? MessageText.Basic(name, 140) : null,
        Address(bank.Address, bank.City, null, bank.Country));

    private static PostalAddress? Address(PayeeAddress? address) =>
        address is null ? null : Address(address.Street, address.City, address.PostalCode, address.Country);

    private static PostalAddress? Address(string? street, string? city, string? postalCode, string? country) =>
        street is null && city is null && country is null ? null : new PostalAddress(
            Text(street, 70), Text(postalCode, 16), Text(city, 35), country);

    private static string? Text(string? text, int max) => text is { Length: > 0 } && MessageText.Basic(text, max) is { Length: > 0 } basic ? basic : null;
}
