using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Accounts;

/// <summary>The statement on the bank's paper.</summary>
internal sealed class StatementPdf(PdfReports reports)
{
    public byte[] Write(AccountStatement statement, Language language)
    {
        var account = statement.Account;
        var report = reports.Begin(language.Say("Nxjerrje llogarie", "Account statement"), statement.Number, statement.MadeAt, language);
        report.Facts(
        [
            (language.Say("Mbajtësi", "Holder"), statement.Holder),
            (language.Say("Numri i klientit", "Customer number"), account.Owner.Value),
            (language.Say("Llogaria", "Account"), $"{account.Name} · {account.Number} · {account.Currency.Code}"),
            ("IBAN", Grouped(account.Iban.Electronic)),
            (language.Say("Periudha", "Period"), $"{Words.Date(statement.Span.Start)} – {Words.Date(statement.Span.End)}"),
            (language.Say("Gjendja në fillim", "Opening balance"), Words.Amount(statement.Opening)),
            (language.Say("Hyrje", "Credits"), Words.Amount(statement.Credits)),
            (language.Say("Dalje", "Debits"), Words.Amount(statement.Debits)),
            (language.Say("Gjendja në fund", "Closing balance"), Words.Amount(statement.Closing)),
        ]);
        if (statement.Entries.Count == 0)
        {
            report.Paragraph(language.Say("Nuk ka veprime në këtë periudhë.", "There are no operations in this period."));
            return report.ToBytes();
        }

        report.Table(
            [
                new(language.Say("Data", "Date"), 1.1), new(language.Say("Përshkrimi", "Description"), 4.4), new(language.Say("Shuma", "Amount"), 1.6, IsRight: true),
                new(language.Say("Gjendja", "Balance"), 1.6, IsRight: true),
            ],
            statement.Entries.Select(entry => (IReadOnlyList<string>)
                [Words.Date(entry.BookedOn), Text(entry), entry.Amount.ToDecimalString(), entry.BalanceAfter.ToDecimalString()]));
        return report.ToBytes();
    }

    private static string Text(Entry entry)
    {
        var party = string.Join(", ", ((string?[])[entry.Counterparty?.Name, entry.Counterparty?.Account]).OfType<string>());
        return party.Length == 0 ? entry.Description : $"{entry.Description}\n{party}";
    }

    /// <summary>As IBANs are printed: groups of four.</summary>
    private static string Grouped(string iban) => string.Join(' ', iban.Chunk(4).Select(group => new string(group)));
}
