using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <param name="Phone">The payee's.</param>
/// <param name="Amount">Positive, in the currency of the account to debit.</param>
/// <param name="Description">As <see cref="Text.Description"/> keeps it; not empty.</param>
public sealed record PhoneTransferRequest(
    CustomerId Customer, string? PayerName, AccountId From, PhoneNumber Phone, Money Amount, string Description, OrderingDevice Device);

/// <summary>Prepares a transfer to the customer who owns a phone number (TRF-24): counted and audited (TRF-42).</summary>
public sealed class QuotePhoneTransfer
{
    private readonly FindAccount find;
    private readonly ListAccounts list;
    private readonly ReadBook books;
    private readonly FindCustomerByPhone phones;
    private readonly InsidePayees payees;
    private readonly LookupGuard guard;
    private readonly PrepareTransfer prepare;

    internal QuotePhoneTransfer(
        FindAccount find, ListAccounts list, ReadBook books, FindCustomerByPhone phones, InsidePayees payees, LookupGuard guard, PrepareTransfer prepare)
    {
        (this.find, this.list, this.books, this.phones) = (find, list, books, phones);
        (this.payees, this.guard, this.prepare) = (payees, guard, prepare);
    }

    /// <returns>The quote. Or, first match: <see cref="AccountNotFound"/>, <see cref="AmountNotInAccountCurrency"/>, <see cref="TooManyRequests"/>,
    /// <see cref="PhoneNotRegistered"/> (also when its owner has no current account), <see cref="OwnPhoneNumber"/>, and those of every prepare.</returns>
    public async Task<Result<TransferQuote>> RunAsync(PhoneTransferRequest request, CancellationToken cancellation)
    {
        var source = await find.RunAsync(request.Customer, request.From, cancellation);
        if (!source.IsSuccess)
            return source.Error;
        if (request.Amount.Currency != source.Value.Currency)
            return new AmountNotInAccountCurrency("/amount/currency", source.Value.Currency.Code);
        var allowed = await guard.EnterAsync(request.Customer, "phone", cancellation);
        if (!allowed.IsSuccess)
            return allowed.Error;

        var owner = await phones.RunAsync(request.Phone, cancellation);
        await guard.LeaveAsync(request.Customer, request.Device.Channel, "phone", "phone", owner, cancellation);
        if (owner == request.Customer)
            return new OwnPhoneNumber("/phone");
        if (owner is not { } payee || await ChooseAsync(payee, source.Value.Currency, cancellation) is not { } book)
            return new PhoneNotRegistered();
        var to = await payees.MaskedAsync(book, cancellation);
        return await prepare.RunAsync(
            new TransferDraft(
                TransferKind.Phone, request.Customer, request.PayerName, source.Value, to.Payee with { Phone = request.Phone.Value }, book.Currency, request.Amount,
                request.Description, request.Device),
            cancellation);
    }

    /// <summary>The oldest open current account in the payer's currency, else the oldest open current account.</summary>
    private async Task<AccountBook?> ChooseAsync(CustomerId payee, Currency currency, CancellationToken cancellation)
    {
        var accounts = await list.RunAsync(payee, cancellation);
        var found = await Task.WhenAll(accounts.Select(account => books.RunAsync(account.Id, cancellation)));
        return found.OfType<AccountBook>()
            .Where(book => book.Type == AccountType.Current && PostingRules.CanCredit(book.Status))
            .OrderByDescending(book => book.Currency == currency).ThenBy(book => book.OpenedAt).FirstOrDefault();
    }
}

/// <summary>No customer of this bank who can be paid has the number.</summary>
public sealed record PhoneNotRegistered() : NotFound("phone_not_registered");

/// <summary>The caller's own number.</summary>
public sealed record OwnPhoneNumber(string Field) : Invalid("own_phone_number", Field);
