using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Serverless.Sandbox.Billers;

namespace Serverless.Sandbox.Interbank;

/// <summary>What the network reads and writes. It checks what a network checks, by itself, so that the bank's mistakes show.</summary>
internal static partial class NetworkXml
{
    public const string CreditTransfer = "pacs.008.001.08";
    public const string StatusReport = "pacs.002.001.10";
    public const string Return = "pacs.004.001.09";

    public const string CancellationRequest = "camt.056.001.08";
    public const string CancellationAnswer = "camt.029.001.09";

    private const string Prefix = "urn:iso:std:iso:20022:tech:xsd:";

    /// <returns>The message, or what is wrong with it.</returns>
    public static (NetworkMessage? Message, string? Fault) Read(string xml, DateTimeOffset now)
    {
        XElement root;
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            root = XDocument.Load(reader).Root!;
        }
        catch (XmlException broken)
        {
            return (null, broken.Message);
        }

        var name = root.Name.NamespaceName.Replace(Prefix, "", StringComparison.Ordinal);
        return name switch
        {
            CreditTransfer => ReadPayment(root, "FIToFICstmrCdtTrf", "CdtTrfTxInf", "IntrBkSttlmAmt", "pacs.008", xml, now),
            Return => ReadPayment(root, "PmtRtr", "TxInf", "RtrdIntrBkSttlmAmt", "pacs.004", xml, now),
            CancellationRequest => ReadCancellation(root, xml, now),
            _ => (null, $"No such message: {name}."),
        };
    }

    public static string WriteStatus(NetworkMessage message, string id, DateTimeOffset now) => Document(StatusReport, ns => new XElement(
        ns + "FIToFIPmtStsRpt",
        new XElement(ns + "GrpHdr", new XElement(ns + "MsgId", id), new XElement(ns + "CreDtTm", Time(now))),
        new XElement(
            ns + "TxInfAndSts",
            Original(ns, message),
            message.EndToEndId is null ? null : new XElement(ns + "OrgnlEndToEndId", message.EndToEndId),
            message.TransactionId is null ? null : new XElement(ns + "OrgnlTxId", message.TransactionId),
            new XElement(ns + "TxSts", message.Status switch
            {
                NetworkStatus.Settled or NetworkStatus.Returned => "ACSC",
                NetworkStatus.Rejected => "RJCT",
                _ => "ACSP",
            }),
            message.Status == NetworkStatus.Rejected ? Reason(ns, "StsRsnInf", message.Reason!) : null)));

    public static string WriteReturn(NetworkMessage message, string id, Money amount, string reason, DateTimeOffset now) => Document(Return, ns => new XElement(
        ns + "PmtRtr",
        Header(ns, id, now),
        new XElement(
            ns + "TxInf",
            new XElement(ns + "RtrId", id),
            Original(ns, message),
            message.EndToEndId is null ? null : new XElement(ns + "OrgnlEndToEndId", message.EndToEndId),
            message.TransactionId is null ? null : new XElement(ns + "OrgnlTxId", message.TransactionId),
            Amount(ns, "OrgnlIntrBkSttlmAmt", message.Amount),
            Amount(ns, "RtrdIntrBkSttlmAmt", amount),
            Reason(ns, "RtrRsnInf", reason))));

    public static string WriteTransfer(IncomingTransfer transfer, DateTimeOffset now) => Document(CreditTransfer, ns => new XElement(
        ns + "FIToFICstmrCdtTrf",
        Header(ns, transfer.MessageId, now),
        new XElement(
            ns + "CdtTrfTxInf",
            new XElement(ns + "PmtId", new XElement(ns + "EndToEndId", transfer.EndToEndId), new XElement(ns + "TxId", transfer.MessageId)),
            Amount(ns, "IntrBkSttlmAmt", transfer.Amount),
            new XElement(ns + "ChrgBr", "SHAR"),
            new XElement(ns + "Dbtr", new XElement(ns + "Nm", transfer.DebtorName)),
            transfer.DebtorAccount is null ? null : Account(ns, "DbtrAcct", transfer.DebtorAccount),
            Agent(ns, "DbtrAgt", "COBADEFF"),
            Agent(ns, "CdtrAgt", "SRVLALTR"),
            new XElement(ns + "Cdtr", new XElement(ns + "Nm", transfer.CreditorName)),
            Account(ns, "CdtrAcct", transfer.CreditorAccount),
            transfer.Remittance is null ? null : new XElement(ns + "RmtInf", new XElement(ns + "Ustrd", transfer.Remittance)))));

    /// <param name="refusal">Null: the payment is sent back.</param>
    public static string WriteCancellationAnswer(NetworkMessage request, string id, string? refusal, DateTimeOffset now) => Document(CancellationAnswer, ns => new XElement(
        ns + "RsltnOfInvstgtn",
        new XElement(
            ns + "Assgnmt",
            new XElement(ns + "Id", id),
            new XElement(ns + "Assgnr", Agent(ns, "Agt", "COBADEFF")),
            new XElement(ns + "Assgne", Agent(ns, "Agt", "SRVLALTR")),
            new XElement(ns + "CreDtTm", Time(now))),
        new XElement(ns + "Sts", new XElement(ns + "Conf", refusal is null ? "CNCL" : "RJCR")),
        new XElement(
            ns + "CxlDtls",
            new XElement(
                ns + "TxInfAndSts",
                new XElement(ns + "CxlStsId", id),
                new XElement(ns + "OrgnlGrpInf", new XElement(ns + "OrgnlMsgId", request.TransactionId), new XElement(ns + "OrgnlMsgNmId", CreditTransfer)),
                new XElement(ns + "OrgnlTxId", request.TransactionId),
                new XElement(ns + "TxCxlSts", refusal is null ? "CNCL" : "RJCR"),
                refusal is null ? null : Reason(ns, "CxlStsRsnInf", refusal)))));

    private static (NetworkMessage? Message, string? Fault) ReadCancellation(XElement root, string xml, DateTimeOffset now)
    {
        var ns = root.Name.Namespace;
        var request = root.Element(ns + "FIToFIPmtCxlReq");
        var id = request?.Element(ns + "Assgnmt")?.Element(ns + "Id")?.Value;
        if (id is null || !IdShape().IsMatch(id))
            return (null, "Id is missing or malformed.");
        if (request!.Elements(ns + "Undrlyg").Elements(ns + "TxInf").ToArray() is not [var only])
            return (null, "One payment for each message.");
        var amount = only.Element(ns + "OrgnlIntrBkSttlmAmt");
        if (amount is null || !AmountShape().IsMatch(amount.Value))
            return (null, "OrgnlIntrBkSttlmAmt is missing or malformed.");
        if (only.Element(ns + "OrgnlTxId")?.Value is not { Length: > 0 } original)
            return (null, "OrgnlTxId is missing.");
        return (new NetworkMessage(
            id, "camt.056", only.Element(ns + "OrgnlEndToEndId")?.Value, original, new Money(amount.Value, amount.Attribute("Ccy")?.Value ?? ""), null, null, null,
            only.Element(ns + "CxlRsnInf")?.Descendants(ns + "Cd").FirstOrDefault()?.Value, "", NetworkStatus.Received, null, now, 1, xml), null);
    }

    private static (NetworkMessage? Message, string? Fault) ReadPayment(
        XElement root, string main, string payment, string amountName, string kind, string xml, DateTimeOffset now)
    {
        var ns = root.Name.Namespace;
        var id = root.Element(ns + main)?.Element(ns + "GrpHdr")?.Element(ns + "MsgId")?.Value;
        var payments = root.Element(ns + main)?.Elements(ns + payment).ToArray() ?? [];
        if (id is null || !IdShape().IsMatch(id))
            return (null, "MsgId is missing or malformed.");
        if (payments is not [var only])
            return (null, "One payment for each message.");
        var amount = only.Element(ns + amountName);
        if (amount is null || !AmountShape().IsMatch(amount.Value))
            return (null, $"{amountName} is missing or malformed.");
        var account = only.Element(ns + "CdtrAcct")?.Element(ns + "Id");
        var bearer = only.Element(ns + "ChrgBr")?.Value ?? "";
        var remittance = only.Element(ns + "RmtInf")?.Element(ns + "Ustrd")?.Value;
        if (kind == "pacs.008" && account is null)
            return (null, "CdtrAcct is missing.");
        if (kind == "pacs.008" && bearer is not ("DEBT" or "CRED" or "SHAR" or "SLEV"))
            return (null, "ChrgBr is missing or unknown.");
        if (only.Descendants().Any(element => !element.HasElements && !TextShape().IsMatch(element.Value)))
            return (null, "Characters outside the network's set.");
        return (new NetworkMessage(
            id, kind,
            only.Descendants(ns + "EndToEndId").FirstOrDefault()?.Value ?? only.Element(ns + "OrgnlEndToEndId")?.Value,
            only.Descendants(ns + "TxId").FirstOrDefault()?.Value ?? only.Element(ns + "OrgnlTxId")?.Value,
            new Money(amount.Value, amount.Attribute("Ccy")?.Value ?? ""),
            only.Element(ns + "Dbtr")?.Element(ns + "Nm")?.Value,
            only.Element(ns + "Cdtr")?.Element(ns + "Nm")?.Value,
            account?.Descendants().LastOrDefault()?.Value,
            remittance ?? only.Descendants(ns + "Cd").FirstOrDefault()?.Value,
            bearer, NetworkStatus.Received, null, now, 1, xml), null);
    }

    private static string Document(string name, Func<XNamespace, XElement> content)
    {
        XNamespace ns = Prefix + name;
        return new XElement(ns + "Document", content(ns)).ToString(SaveOptions.DisableFormatting);
    }

    private static XElement Header(XNamespace ns, string id, DateTimeOffset now) => new(
        ns + "GrpHdr",
        new XElement(ns + "MsgId", id),
        new XElement(ns + "CreDtTm", Time(now)),
        new XElement(ns + "NbOfTxs", 1),
        new XElement(ns + "SttlmInf", new XElement(ns + "SttlmMtd", "CLRG")));

    private static XElement Original(XNamespace ns, NetworkMessage message) => new(
        ns + "OrgnlGrpInf",
        new XElement(ns + "OrgnlMsgId", message.MessageId),
        new XElement(ns + "OrgnlMsgNmId", message.Kind == "pacs.008" ? CreditTransfer : Return));

    private static XElement Amount(XNamespace ns, string name, Money amount) => new(ns + name, new XAttribute("Ccy", amount.Currency), amount.Amount);

    private static XElement Reason(XNamespace ns, string name, string code) => new(ns + name, new XElement(ns + "Rsn", new XElement(ns + "Cd", code)));

    private static XElement Agent(XNamespace ns, string name, string bic) => new(ns + name, new XElement(ns + "FinInstnId", new XElement(ns + "BICFI", bic)));

    private static XElement Account(XNamespace ns, string name, string iban) => new(ns + name, new XElement(ns + "Id", new XElement(ns + "IBAN", iban)));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[A-Za-z0-9.\-/]{1,35}\z")]
    private static partial Regex IdShape();

    [GeneratedRegex(@"\A[0-9]{1,13}(\.[0-9]{1,5})?\z")]
    private static partial Regex AmountShape();

    [GeneratedRegex(@"\A[A-Za-z0-9/\-?:().,'+ ]*\z")]
    private static partial Regex TextShape();
}

/// <summary>A payment that another bank's customer sends to one of the bank's.</summary>
internal sealed record IncomingTransfer(
    string MessageId, string EndToEndId, Money Amount, string DebtorName, string? DebtorAccount, string CreditorName, string CreditorAccount, string? Remittance);
