using System.Globalization;
using System.Xml;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>The statement as ISO 20022 camt.053.001.08, BankToCustomerStatement.</summary>
/// <remarks>Source: the message definition of April 2019; element order and lengths are the schema's.</remarks>
internal static class StatementCamt053
{
    public const string Namespace = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    public static byte[] Write(AccountStatement statement, string bic)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("Document", Namespace);
            xml.WriteStartElement("BkToCstmrStmt");
            Element(xml, "GrpHdr", () =>
            {
                Text(xml, "MsgId", statement.Number);
                Text(xml, "CreDtTm", Moment(statement.MadeAt));
            });
            Element(xml, "Stmt", () => WriteStatement(xml, statement, bic));
        }

        return bytes.ToArray();
    }

    private static void WriteStatement(XmlWriter xml, AccountStatement statement, string bic)
    {
        Text(xml, "Id", statement.Number);
        Text(xml, "CreDtTm", Moment(statement.MadeAt));
        Element(xml, "FrToDt", () =>
        {
            Text(xml, "FrDtTm", $"{Day(statement.Span.Start)}T00:00:00");
            Text(xml, "ToDtTm", $"{Day(statement.Span.End)}T23:59:59");
        });
        Element(xml, "Acct", () =>
        {
            Element(xml, "Id", () => Text(xml, "IBAN", statement.Account.Iban.Electronic));
            Text(xml, "Ccy", statement.Account.Currency.Code);
            Text(xml, "Nm", statement.Account.Name);
            Element(xml, "Ownr", () => Text(xml, "Nm", statement.Holder));
            Element(xml, "Svcr", () => Element(xml, "FinInstnId", () => Text(xml, "BICFI", bic)));
        });
        Balance(xml, "OPBD", statement.Opening, statement.Span.Start);
        Balance(xml, "CLBD", statement.Closing, statement.Span.End);
        Element(xml, "TxsSummry", () =>
        {
            var net = statement.Credits + statement.Debits;
            Element(xml, "TtlNtries", () =>
            {
                Text(xml, "NbOfNtries", Count(statement.Entries.Count));
                Text(xml, "Sum", (statement.Credits - statement.Debits).ToDecimalString());
                Element(xml, "TtlNetNtry", () =>
                {
                    Text(xml, "Amt", Absolute(net));
                    Text(xml, "CdtDbtInd", Indicator(net));
                });
            });
            Total(xml, "TtlCdtNtries", statement.Entries.Count(entry => entry.Amount.IsPositive), statement.Credits);
            Total(xml, "TtlDbtNtries", statement.Entries.Count(entry => !entry.Amount.IsPositive), statement.Debits);
        });
        foreach (var entry in statement.Entries)
            Element(xml, "Ntry", () => WriteEntry(xml, entry));
    }

    private static void WriteEntry(XmlWriter xml, Entry entry)
    {
        Text(xml, "NtryRef", Count(entry.Sequence));
        Amount(xml, entry.Amount);
        Text(xml, "CdtDbtInd", Indicator(entry.Amount));
        Element(xml, "Sts", () => Text(xml, "Cd", "BOOK"));
        Element(xml, "BookgDt", () => Text(xml, "Dt", Day(entry.BookedOn)));
        Element(xml, "ValDt", () => Text(xml, "Dt", Day(entry.BookedOn)));
        Text(xml, "AcctSvcrRef", entry.Transaction.ToString());
        Element(xml, "BkTxCd", () => Element(xml, "Prtry", () => Text(xml, "Cd", Cut(entry.Kind, 35))));
        Element(xml, "NtryDtls", () => Element(xml, "TxDtls", () =>
        {
            Element(xml, "Refs", () => Text(xml, "AcctSvcrRef", entry.Transaction.ToString()));
            Amount(xml, entry.Amount);
            Text(xml, "CdtDbtInd", Indicator(entry.Amount));
            if (entry.Counterparty is { } party)
                Element(xml, "RltdPties", () => WriteParty(xml, party, entry.Amount.IsPositive ? "Dbtr" : "Cdtr"));
            if (entry.Description.Length > 0)
                Element(xml, "RmtInf", () => Text(xml, "Ustrd", entry.Description));
        }));
    }

    private static void WriteParty(XmlWriter xml, Party party, string role)
    {
        if (party.Name is { } name)
            Element(xml, role, () => Element(xml, "Pty", () => Text(xml, "Nm", name)));
        if (party.Account is { } account)
        {
            Element(xml, $"{role}Acct", () => Element(xml, "Id", () =>
            {
                if (Iban.Find(account) is { } iban)
                    Text(xml, "IBAN", iban.Electronic);
                else
                    Element(xml, "Othr", () => Text(xml, "Id", account));
            }));
        }
    }

    private static void Balance(XmlWriter xml, string code, Money balance, LocalDate on) => Element(xml, "Bal", () =>
    {
        Element(xml, "Tp", () => Element(xml, "CdOrPrtry", () => Text(xml, "Cd", code)));
        Amount(xml, balance);
        Text(xml, "CdtDbtInd", Indicator(balance));
        Element(xml, "Dt", () => Text(xml, "Dt", Day(on)));
    });

    private static void Total(XmlWriter xml, string name, int count, Money sum) => Element(xml, name, () =>
    {
        Text(xml, "NbOfNtries", Count(count));
        Text(xml, "Sum", Absolute(sum));
    });

    private static void Amount(XmlWriter xml, Money amount)
    {
        xml.WriteStartElement("Amt");
        xml.WriteAttributeString("Ccy", amount.Currency.Code);
        xml.WriteString(Absolute(amount));
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, Action content)
    {
        xml.WriteStartElement(name);
        content();
        xml.WriteEndElement();
    }

    private static void Text(XmlWriter xml, string name, string text) => xml.WriteElementString(name, text);

    private static string Absolute(Money amount) => (amount.Minor < 0 ? -amount : amount).ToDecimalString();

    private static string Indicator(Money amount) => amount.Minor < 0 ? "DBIT" : "CRDT";

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    private static string Day(LocalDate day) => LocalDatePattern.Iso.Format(day);

    private static string Moment(Instant instant) => InstantPattern.General.Format(instant);
}
