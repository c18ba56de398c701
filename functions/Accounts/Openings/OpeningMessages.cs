using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.Mail;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed record QuoteCurrentAccountRequest(
    [property: MaxLength(3), Example("EUR"), Description("One of the product's currencies.")] string Currency,
    [property: MinLength(0), MaxLength(AccountText.NameAtMost), Example("Pushime"), Description("Letters, digits, spaces and . , / - ; required.")] string? Name = null,
    [property: MaxLength(40), Example("travel")] string? LogoId = null,
    bool SendStatementByEmail = false,
    [property: MaxLength(254), Example("test@example.com"), Description("Required with statements.")] string? Email = null,
    [property: Description("Required with statements.")] StatementFrequency? Frequency = null,
    [property: Description("1 to 31, required with statements; in a month without the day its last one."), Example("31")] int? Day = null)
{
    public Result<OpeningWish> ToWish(CustomerId customer, Language language)
    {
        var input = new Input();
        var currency = OpeningInput.Currency(input, AccountType.Current, Currency);
        OpeningInput.CheckName(input, Name, LogoId);
        var statement = StatementInput.Choice(input, SendStatementByEmail, Email, Frequency, Day);
        return input.Result(() => new OpeningWish(
            customer, AccountType.Current, currency!, Name!.Trim(), LogoId ?? AccountLogos.Default, statement, null, null, language));
    }
}

public sealed record QuoteSavingsAccountRequest(
    [property: MaxLength(3), Example("EUR"), Description("One of the product's currencies.")] string Currency,
    [property: Description("The customer's account that gives the initial amount.")] Guid FundingAccountId,
    [property: Description("In the new account's currency, or in the funding account's to be converted. At least the product's minimum.")] AmountDto InitialAmount,
    [property: MinLength(0), MaxLength(AccountText.NameAtMost), Example("Kursime"), Description("Letters, digits, spaces and . , / - ; required.")] string? Name = null,
    [property: MaxLength(40), Example("savings")] string? LogoId = null,
    bool SendStatementByEmail = false,
    [property: MaxLength(254), Example("test@example.com"), Description("Required with statements.")] string? Email = null,
    [property: Description("Required with statements.")] StatementFrequency? Frequency = null,
    [property: Description("1 to 31, required with statements; in a month without the day its last one."), Example("31")] int? Day = null)
{
    public Result<OpeningWish> ToWish(CustomerId customer, Language language)
    {
        var input = new Input();
        var currency = OpeningInput.Currency(input, AccountType.Savings, Currency);
        OpeningInput.CheckName(input, Name, LogoId);
        var statement = StatementInput.Choice(input, SendStatementByEmail, Email, Frequency, Day);
        var amount = input.Money("/initialAmount", InitialAmount);
        return input.Result(() => new OpeningWish(
            customer, AccountType.Savings, currency!, Name!.Trim(), LogoId ?? AccountLogos.Default, statement, new AccountId(FundingAccountId), amount, language));
    }
}

internal static class OpeningInput
{
    public static Currency? Currency(Input input, AccountType type, string code)
    {
        var currency = Banking.Currency.Find(code);
        input.Check(currency is not null && AccountProducts.Find(type, currency) is not null, () => new CurrencyNotOffered("/currency"));
        return currency;
    }

    public static void CheckName(Input input, string? name, string? logo)
    {
        if (string.IsNullOrWhiteSpace(name))
            input.Add(new NameRequired("/name"));
        else
            input.Check(AccountText.IsName(name), () => new InvalidAccountName("/name"));
        input.Check(logo is null || AccountLogos.Find(logo) is not null, () => new LogoUnknown("/logoId"));
    }
}

internal static class StatementInput
{
    /// <returns>Null when no statements are wanted.</returns>
    public static StatementChoice? Choice(Input input, bool wanted, string? email, StatementFrequency? frequency, int? day)
    {
        if (!wanted)
        {
            input.Check(email is null && frequency is null && day is null, () => new StatementsNotWanted("/sendStatementByEmail"));
            return null;
        }

        input.Check(IsEmail(email), () => new EmailInvalid("/email"));
        input.Check(frequency is not null, () => new FrequencyRequired("/frequency"));
        input.Check(day is >= 1 and <= StatementSchedule.DayAtMost, () => new DayOutOfRange("/day"));
        return new StatementChoice(email ?? "", frequency ?? default, day ?? 1);
    }

    /// <summary>An address as message gateways take it; whether somebody reads it only a message shows.</summary>
    private static bool IsEmail(string? text) =>
        text is not null && text.IndexOf('@', StringComparison.Ordinal) is >= 1 and <= 64 && text.Count(c => c == '@') == 1 && !text.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';')
        && text.Split('@')[1] is { Length: <= 190 } domain && domain.Contains('.', StringComparison.Ordinal) && domain[0] != '.' && domain[^1] != '.'
        && MailAddress.TryCreate(text, out _);
}

/// <summary>E-mail, frequency or day were given although no statements are wanted.</summary>
public sealed record StatementsNotWanted(string Field) : Invalid("statements_not_wanted", Field);

[Description("A prepared account. Confirm it before it expires.")]
public sealed record OpeningQuoteResponse(
    string QuoteId, AccountType Type, Currency Currency, string Name, string LogoId, StatementChoiceResponse? Statement, FundingResponse? Funding,
    [property: Description("Always zero: opening an account is free.")] Money Fee, TermsResponse Terms, ConfirmationResponse Confirmation,
    Instant ExpiresAt)
{
    public static OpeningQuoteResponse From(SealedQuote<OpeningOffer> quote)
    {
        var offer = quote.Content;
        return new OpeningQuoteResponse(
            quote.Text, offer.Type, offer.Currency, offer.Name, offer.Logo, StatementChoiceResponse.From(offer.Statement), FundingResponse.From(offer.Funding),
            Money.Zero(offer.Funding?.Debit.Currency ?? offer.Currency), new TermsResponse(offer.TermsVersion, ProductTerms.Read(offer.Type, offer.Language)),
            ConfirmationResponse.From(quote.Demand!), quote.ExpiresAt);
    }
}

public sealed record StatementChoiceResponse(string Email, StatementFrequency Frequency, int Day)
{
    public static StatementChoiceResponse? From(StatementChoice? choice) => choice is null ? null : new(choice.Email, choice.Frequency, choice.Day);
}

[Description("Where the initial amount comes from.")]
public sealed record FundingResponse(
    Guid AccountId, [property: Description("What the new account gets.")] Money Amount, [property: Description("What the funding account is debited.")] Money Debit,
    [property: Description("Units of the new account's currency for one of the funding account's; null when they are the same.")] string? ExchangeRate)
{
    public static FundingResponse? From(OpeningFunding? funding) => funding is null
        ? null
        : new(funding.From.Value, funding.Amount, funding.Debit, funding.Rate?.ToString(CultureInfo.InvariantCulture));
}

[Description("The product's terms, to be shown and accepted.")]
public sealed record TermsResponse(string Version, [property: Description("Paragraphs, in the caller's language.")] IReadOnlyList<string> Text);

public sealed record ConfirmOpeningRequest(
    [property: MaxLength(SealedQuotes.LengthAtMost)] string QuoteId,
    [property: MaxLength(20), Example(ProductTerms.Current), Description("The version of the terms that the customer has read and accepts.")] string AcceptedTerms) : IConfirmsQuote
{
    public OpeningConfirmation ToConfirmation(CustomerId customer, IdempotencyKey key, string requestHash) => new(customer, key, requestHash, QuoteId, AcceptedTerms);
}

[Description("An opened account.")]
public sealed record OpeningResponse(
    Guid AccountId, AccountType Type, string Number, string Iban, Currency Currency, string Name, string LogoId,
    [property: Description("Right after the opening: the initial amount, or zero.")] Money Balance, StatementChoiceResponse? Statement, Instant OpenedAt,
    [property: Description("Where the accepted contract is, below the bank's address.")] string Contract)
{
    public static OpeningResponse From(Opening opening) => new(
        opening.Account.Value, opening.Offer.Type, opening.Iban.Electronic[^16..], opening.Iban.Electronic, opening.Offer.Currency, opening.Offer.Name,
        opening.Offer.Logo, opening.Offer.Funding?.Amount ?? Money.Zero(opening.Offer.Currency), StatementChoiceResponse.From(opening.Offer.Statement),
        opening.AcceptedAt, $"/api/v1/accounts/{opening.Account.Value}/contract");
}
