using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Accounts;

/// <summary>The contract of an account that its owner opened: made when he confirms, and kept as it was (ACC-23).</summary>
internal sealed class AccountContract(PdfReports reports, StoredDocuments stored, FindContactDetails contacts) : IDocumentRenderer
{
    public string Kind => "account_contract";

    /// <summary>Keeps the contract before the order is accepted; a repeat may come later and find another moment in it, so the first one stays.</summary>
    /// <returns>Its SHA-256.</returns>
    public async Task<string> KeepAsync(
        CustomerId customer, AccountId account, Iban iban, OpeningOffer offer, Instant acceptedAt, CancellationToken cancellation)
    {
        var name = (await contacts.RunAsync(customer, cancellation))?.Name ?? customer.Value;
        var file = new DocumentFile($"KL-{iban.Electronic[^8..]}.pdf", DocumentFile.Pdf, Write(customer, name, iban, offer, acceptedAt));
        var hash = StoredDocuments.HashOf(file.Content);
        await stored.SaveAsync(customer, Kind, Name(account, hash), file, cancellation);
        return hash;
    }

    public DocumentReference DocumentOf(Opening opening) =>
        new(Kind, Name(opening.Account, opening.ContractHash), opening.Customer, opening.Offer.Language);

    public async Task<Result<DocumentFile>> RenderAsync(DocumentReference document, CancellationToken cancellation) =>
        await stored.FindAsync(document.Owner, Kind, document.Id, cancellation) is { } file && document.Id.EndsWith(StoredDocuments.HashOf(file.Content), StringComparison.Ordinal)
            ? file
            : new DocumentNotFound();

    private static string Name(AccountId account, string hash) => $"{account.Value:N}-{hash}";

    private byte[] Write(CustomerId customer, string name, Iban iban, OpeningOffer offer, Instant acceptedAt)
    {
        var language = offer.Language;
        var isSavings = offer.Type == AccountType.Savings;
        var report = reports.Begin(language.Say("Kontratë llogarie", "Account contract"), $"KL-{iban.Electronic[^8..]}", acceptedAt, language);
        var facts = new List<(string, string)>
        {
            (language.Say("Klienti", "Customer"), $"{name} · {customer.Value}"),
            (language.Say("Produkti", "Product"), isSavings ? language.Say("Llogari kursimi", "Savings account") : language.Say("Llogari rrjedhëse", "Current account")),
            (language.Say("Llogaria", "Account"), $"{offer.Name} · {iban.Electronic[^16..]} · {offer.Currency.Code}"),
            ("IBAN", iban.Electronic),
        };
        if (offer.Funding is { } funding)
        {
            facts.Add((language.Say("Shuma fillestare", "Initial amount"), Words.Amount(funding.Amount)));
            facts.Add((language.Say("Debitohet", "Debited"), Words.Amount(funding.Debit)));
        }

        if (AccountProducts.Find(offer.Type, offer.Currency) is { Minimum.IsPositive: true } product)
            facts.Add((language.Say("Gjendja minimale", "Minimum balance"), Words.Amount(product.Minimum)));
        facts.Add((language.Say("Pranuar më", "Accepted on"), acceptedAt.InZone(BankTime.Tirane).ToString("dd.MM.uuuu HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)));
        report.Facts(facts);
        report.Heading(language.Say($"Kushtet, versioni {offer.TermsVersion}", $"Terms, version {offer.TermsVersion}"));
        foreach (var paragraph in ProductTerms.Read(offer.Type, language))
            report.Paragraph(paragraph);
        return report.ToBytes();
    }
}
