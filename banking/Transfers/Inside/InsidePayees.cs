using Serverless.Banking.Confirmations;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Text;

namespace Serverless.Banking.Transfers;

/// <summary>How a customer says whom to pay within the bank; exactly one way (TRF-05).</summary>
public abstract record PayeeChoice
{
    private PayeeChoice()
    {
    }

    /// <summary>An IBAN or account number.</summary>
    /// <param name="Name">Whom the customer thinks it belongs to; null when he does not say.</param>
    public sealed record OfAccount(string Account, string? Name) : PayeeChoice
    {
        /// <param name="field">JSON pointer of the account.</param>
        /// <returns>Or <see cref="IbanInvalid"/>: neither an IBAN nor a number.</returns>
        public static Result<PayeeChoice> Read(string account, string? name, string field) =>
            AccountDirectory.IsReadable(account) ? new OfAccount(account, name) : new IbanInvalid(field);
    }

    /// <summary>What a look-up of a customer gave (TRF-10).</summary>
    public sealed record OfReference(string Reference) : PayeeChoice;

    /// <summary>A registered beneficiary.</summary>
    public sealed record OfBeneficiary(BeneficiaryId Beneficiary) : PayeeChoice;
}

/// <summary>An account of this bank that may be paid, as the payer may see it.</summary>
/// <param name="Name">The holder's, masked unless the payer already knows it.</param>
internal sealed record InsidePayee(AccountBook Book, Payee Payee, NameMatch? Match, PayeeStanding Standing = PayeeStanding.Other);

/// <summary>Finds whom a customer of this bank wants to pay.</summary>
internal sealed class InsidePayees(AccountDirectory directory, ReadBook books, FindContactDetails contacts, SealedQuotes seals)
{
    private const string Purpose = "payee_account";

    /// <summary>A name for an account that only this customer can use, for as long as filling in a form takes.</summary>
    public string Refer(CustomerId customer, AccountId account) =>
        seals.Seal(customer, Purpose, new AccountReference(account.Value), NodaTime.Duration.FromHours(1)).Text;

    /// <returns>Or, first match: <see cref="IbanInvalid"/>, <see cref="NotThisBank"/>, <see cref="PayeeNotFound"/>.</returns>
    public async Task<Result<InsidePayee>> FindAsync(string account, string? name, CancellationToken cancellation)
    {
        if (directory.Read(account) is not { } iban)
            return new IbanInvalid("/beneficiary/account");
        if (!directory.IsOwn(iban))
            return new NotThisBank(iban.Electronic.StartsWith("AL", StringComparison.Ordinal) ? "national_transfer" : "international_transfer");
        return await directory.FindAsync(iban, cancellation) is { Status: not AccountStatus.Closed } book
            ? await OfAsync(book, iban.Electronic, name, cancellation)
            : new PayeeNotFound();
    }

    /// <returns>Or <see cref="PayeeNotFound"/>: no reference of this customer, or too old.</returns>
    public async Task<Result<InsidePayee>> FindAsync(CustomerId customer, string reference, CancellationToken cancellation) =>
        seals.Open<AccountReference>(customer, Purpose, reference) is { IsSuccess: true, Value: { } opened }
        && await books.RunAsync(new AccountId(opened.Content.Account), cancellation) is { Status: not AccountStatus.Closed } book
            ? await OfAsync(book, Masked.Account(book.Iban), null, cancellation)
            : new PayeeNotFound();

    /// <returns>Or <see cref="PayeeNotFound"/>: the account is closed, or gone.</returns>
    public async Task<Result<InsidePayee>> FindAsync(Beneficiary beneficiary, CancellationToken cancellation) =>
        beneficiary.AccountId is { } account && await books.RunAsync(account, cancellation) is { Status: not AccountStatus.Closed } book
            ? await OfAsync(book, beneficiary.Account, beneficiary.Name, cancellation)
            : new PayeeNotFound();

    /// <summary>The same for an account that was found otherwise; shown masked.</summary>
    public Task<InsidePayee> MaskedAsync(AccountBook book, CancellationToken cancellation) => OfAsync(book, Masked.Account(book.Iban), null, cancellation);

    private async Task<InsidePayee> OfAsync(AccountBook book, string account, string? name, CancellationToken cancellation)
    {
        var registered = (await contacts.RunAsync(book.Owner, cancellation))?.Name ?? "";
        var match = name is null ? (NameMatch?)null
            : NameComparison.AreSame(name, registered) ? NameMatch.Exact
            : NameComparison.AreClose(name, registered) ? NameMatch.Close
            : NameMatch.None;
        return new InsidePayee(book, new Payee(match == NameMatch.Exact ? registered : Masked.Name(registered), account, book.Id, book.Owner), match);
    }

    private sealed record AccountReference(Guid Account);
}
