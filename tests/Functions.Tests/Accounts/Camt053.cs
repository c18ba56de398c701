using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Serverless.Functions.Tests.Accounts;

/// <summary>Reads a camt.053.001.08 as strictly as its schema is, where the bank uses it: order, occurrence and form of every element, and that the sums agree.</summary>
internal sealed record Camt053(string Iban, string Currency, string Opening, string Closing, IReadOnlyList<string> Entries)
{
    private static readonly XNamespace Ns = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    /// <summary>Children in the schema's order: ? optional, * any number, + at least one.</summary>
    private static readonly Dictionary<string, string> Model = new()
    {
        ["Document"] = "BkToCstmrStmt",
        ["BkToCstmrStmt"] = "GrpHdr Stmt+",
        ["GrpHdr"] = "MsgId CreDtTm",
        ["Stmt"] = "Id ElctrncSeqNb? CreDtTm FrToDt? Acct Bal+ TxsSummry? Ntry*",
        ["FrToDt"] = "FrDtTm ToDtTm",
        ["Acct"] = "Id Ccy? Nm? Ownr? Svcr?",
        ["Acct/Id"] = "IBAN",
        ["Ownr"] = "Nm",
        ["Svcr"] = "FinInstnId",
        ["FinInstnId"] = "BICFI",
        ["Bal"] = "Tp Amt CdtDbtInd Dt",
        ["Tp"] = "CdOrPrtry",
        ["CdOrPrtry"] = "Cd",
        ["Dt"] = "Dt",
        ["TxsSummry"] = "TtlNtries? TtlCdtNtries? TtlDbtNtries?",
        ["TtlNtries"] = "NbOfNtries? Sum? TtlNetNtry?",
        ["TtlNetNtry"] = "Amt CdtDbtInd",
        ["TtlCdtNtries"] = "NbOfNtries? Sum?",
        ["TtlDbtNtries"] = "NbOfNtries? Sum?",
        ["Ntry"] = "NtryRef? Amt CdtDbtInd Sts BookgDt? ValDt? AcctSvcrRef? BkTxCd NtryDtls*",
        ["Sts"] = "Cd",
        ["BookgDt"] = "Dt",
        ["ValDt"] = "Dt",
        ["BkTxCd"] = "Prtry",
        ["Prtry"] = "Cd",
        ["NtryDtls"] = "TxDtls*",
        ["TxDtls"] = "Refs? Amt? CdtDbtInd? RltdPties? RmtInf?",
        ["Refs"] = "AcctSvcrRef?",
        ["RltdPties"] = "Dbtr? DbtrAcct? Cdtr? CdtrAcct?",
        ["Dbtr"] = "Pty",
        ["Cdtr"] = "Pty",
        ["Pty"] = "Nm?",
        ["DbtrAcct"] = "Id",
        ["CdtrAcct"] = "Id",
        ["DbtrAcct/Id"] = "IBAN? Othr?",
        ["CdtrAcct/Id"] = "IBAN? Othr?",
        ["Othr"] = "Id",
        ["RmtInf"] = "Ustrd*",
    };

    /// <summary>Regular expressions of the texts.</summary>
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["MsgId"] = ".{1,35}",
        ["Id"] = ".{1,35}",
        ["CreDtTm"] = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
        ["FrDtTm"] = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
        ["ToDtTm"] = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
        ["IBAN"] = "[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}",
        ["Ccy"] = "[A-Z]{3}",
        ["Nm"] = ".{1,140}",
        ["BICFI"] = "[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?",
        ["Amt"] = @"\d{1,13}(\.\d{1,5})?",
        ["Sum"] = @"\d{1,13}(\.\d{1,5})?",
        ["NbOfNtries"] = @"\d{1,15}",
        ["CdtDbtInd"] = "CRDT|DBIT",
        ["Cd"] = ".{1,35}",
        ["Dt"] = @"\d{4}-\d\d-\d\d",
        ["NtryRef"] = ".{1,35}",
        ["AcctSvcrRef"] = ".{1,35}",
        ["Ustrd"] = ".{1,140}",
    };

    public static Camt053 Read(byte[] file)
    {
        var document = XDocument.Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file)).Root!;
        Assert.Equal(Ns + "Document", document.Name);
        Check(document);
        var statement = document.Descendants(Ns + "Stmt").Single();
        string Balance(string code) => Signed(statement.Elements(Ns + "Bal").Single(balance => balance.Descendants(Ns + "Cd").Single().Value == code));
        var entries = statement.Elements(Ns + "Ntry").ToList();
        var sum = entries.Sum(entry => decimal.Parse(Signed(entry), CultureInfo.InvariantCulture));
        Assert.Equal(decimal.Parse(Balance("CLBD"), CultureInfo.InvariantCulture), decimal.Parse(Balance("OPBD"), CultureInfo.InvariantCulture) + sum);
        CheckSummary(statement, entries);
        var account = statement.Element(Ns + "Acct")!;
        return new Camt053(
            account.Descendants(Ns + "IBAN").Single().Value, account.Element(Ns + "Ccy")!.Value, Balance("OPBD"), Balance("CLBD"), [.. entries.Select(Line)]);
    }

    private static void CheckSummary(XElement statement, List<XElement> entries)
    {
        foreach (var (total, of) in ((string, string[])[])[("TtlNtries", ["CRDT", "DBIT"]), ("TtlCdtNtries", ["CRDT"]), ("TtlDbtNtries", ["DBIT"])])
        {
            var these = entries.Where(entry => of.Contains(entry.Element(Ns + "CdtDbtInd")!.Value)).ToList();
            var said = statement.Element(Ns + "TxsSummry")!.Element(Ns + total)!;
            Assert.Equal(these.Count.ToString(CultureInfo.InvariantCulture), said.Element(Ns + "NbOfNtries")!.Value);
            Assert.Equal(these.Sum(entry => decimal.Parse(entry.Element(Ns + "Amt")!.Value, CultureInfo.InvariantCulture)), decimal.Parse(said.Element(Ns + "Sum")!.Value, CultureInfo.InvariantCulture));
        }
    }

    private static void Check(XElement element)
    {
        var name = element.Name.LocalName;
        Assert.Equal(Ns, element.Name.Namespace);
        var model = Model.GetValueOrDefault($"{element.Parent?.Name.LocalName}/{name}") ?? (element.HasElements ? Model.GetValueOrDefault(name) : null);
        if (model is null)
        {
            Assert.False(element.HasElements, $"{name} has children that the message does not know.");
            Assert.Matches($"^(?:{Texts[name]})$", element.Value);
            return;
        }

        var children = new Queue<XElement>(element.Elements());
        foreach (var part in model.Split(' '))
        {
            var (wanted, times) = (part.TrimEnd('?', '*', '+'), 0);
            while (children.Count > 0 && children.Peek().Name.LocalName == wanted)
            {
                Check(children.Dequeue());
                times++;
            }

            Assert.True(times >= (part[^1] is '?' or '*' ? 0 : 1), $"{name} lacks {wanted}.");
            Assert.True(times <= (part[^1] is '*' or '+' ? int.MaxValue : 1), $"{name} has {wanted} {times} times.");
        }

        Assert.True(children.Count == 0, $"{name} has {(children.Count > 0 ? children.Peek().Name.LocalName : "")} at a place where it must not be.");
    }

    private static string Line(XElement entry) => string.Join(' ',
        entry.Element(Ns + "NtryRef")!.Value, entry.Element(Ns + "CdtDbtInd")!.Value, entry.Element(Ns + "Amt")!.Value, (string)entry.Element(Ns + "Amt")!.Attribute("Ccy")!,
        entry.Element(Ns + "BookgDt")!.Value, entry.Element(Ns + "BkTxCd")!.Value, entry.Descendants(Ns + "Pty").SingleOrDefault()?.Value ?? "", entry.Descendants(Ns + "Ustrd").SingleOrDefault()?.Value ?? "");

    private static string Signed(XElement balance) => (balance.Element(Ns + "CdtDbtInd")!.Value == "DBIT" ? "-" : "") + balance.Element(Ns + "Amt")!.Value;
}
