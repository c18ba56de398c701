using System.Text;
using System.Xml;
using System.Xml.Linq;
using NodaTime;
using NodaTime.Text;

namespace Serverless.Banking.Iso20022;

/// <summary>ISO 20022 messages as XML: what is written keeps to the rules, and what is read is held to them.</summary>
/// <remarks>
/// Reading: no document type, no resolver, bounded size and depth; elements only where the schema has them. Elements that the schema allows and the bank does
/// not use are passed over. Sources: ISO 20022 message definitions pacs.008.001.08, pacs.002.001.10, pacs.004.001.09.
/// </remarks>
public static partial class MessageXml
{
    public const int MostCharacters = 48 * 1024;
    public const int MostTransactions = 20;

    private const string NamespacePrefix = "urn:iso:std:iso:20022:tech:xsd:";

    private static readonly InstantPattern Moments = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fff'Z'");

    /// <summary>The name in the document's namespace (<c>pacs.002.001.10</c>); or <see cref="MessageFault"/>s when it cannot be read at all.</summary>
    public static Result<string> NameOf(string xml) => Load(xml).Then<string>(
        document => document.Root!.Name.NamespaceName.StartsWith(NamespacePrefix, StringComparison.Ordinal) && document.Root.Name.LocalName == "Document"
            ? document.Root.Name.NamespaceName[NamespacePrefix.Length..]
            : new MessageFault("/Document", MessageRules.Namespace));

    private static Result<XDocument> Load(string xml)
    {
        if (xml.Length > MostCharacters)
            return new MessageFault("/", MessageRules.TooLarge);
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MostCharacters,
            MaxCharactersFromEntities = 1,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), settings);
            return XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return new MessageFault("/", xml.Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase) ? MessageRules.Dtd : MessageRules.Malformed);
        }
    }

    /// <returns>The message, or <see cref="MessageFault"/>, or <see cref="InvalidInput"/> of several.</returns>
    private static Result<T> Read<T>(string xml, string name, string root, Func<MessageReading, T?> read)
        where T : class
    {
        var loaded = Load(xml);
        if (!loaded.IsSuccess)
            return loaded.Error;

        var document = loaded.Value.Root!;
        XNamespace expected = NamespacePrefix + name;
        if (document.Name != expected + "Document")
            return new MessageFault("/Document", MessageRules.Namespace);

        var faults = new List<MessageFault>();
        var reading = new MessageReading(document, "/Document", faults);
        var message = reading.Required(root, read);
        reading.End();
        return faults.Count switch
        {
            0 => message!,
            1 => faults[0],
            _ => new InvalidInput([.. faults.Take(50)]),
        };
    }

    private static string Write(string name, Func<XNamespace, XElement> content)
    {
        XNamespace ns = NamespacePrefix + name;
        var text = new StringBuilder(2048);
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
            new XElement(ns + "Document", content(ns)).WriteTo(writer);
        return text.ToString();
    }

    private static GroupHeader? Header(MessageReading group, (int Transactions, decimal? Sum) content, bool counted)
    {
        var id = group.Id("MsgId", required: true);
        var created = group.Moment("CreDtTm", required: true);
        if (counted)
        {
            group.Skip("Authstn", "BtchBookg");
            var count = group.Count("NbOfTxs", required: true);
            if (count is not null && count != content.Transactions)
                group.Fault(MessageRules.Count, group.Below("NbOfTxs"));
            CheckSum(group, "CtrlSum", group.Number("CtrlSum"), content.Sum);
            group.Skip("GrpRtr");
            var totalName = group.Has("TtlRtrdIntrBkSttlmAmt") ? "TtlRtrdIntrBkSttlmAmt" : "TtlIntrBkSttlmAmt";
            if (group.Amount(totalName, required: false) is { } total)
                CheckSum(group, totalName, MessageAmounts.Number(total), content.Sum);
            group.Date("IntrBkSttlmDt");
            group.Required("SttlmInf", settlement =>
            {
                settlement.Code("SttlmMtd", required: true, "INDA", "INGA", "COVE", "CLRG");
                settlement.Skip("SttlmAcct", "ClrSys", "InstgRmbrsmntAgt", "InstgRmbrsmntAgtAcct", "InstdRmbrsmntAgt", "InstdRmbrsmntAgtAcct", "ThrdRmbrsmntAgt", "ThrdRmbrsmntAgtAcct");
                settlement.End();
                return settlement;
            });
            group.Skip("PmtTpInf");
        }

        var instructing = group.Optional("InstgAgt", Agent);
        var instructed = group.Optional("InstdAgt", Agent);
        group.End();
        return id is null || created is null ? null : new GroupHeader(id, created.Value, instructing?.Bic, instructed?.Bic);
    }

    private static void CheckSum(MessageReading group, string name, decimal? told, decimal? sum)
    {
        if (told is not null && sum is not null && told != sum)
            group.Fault(MessageRules.ControlSum, group.Below(name));
    }

    private static XElement Header(XNamespace ns, GroupHeader header, params object?[] between) => new(
        ns + "GrpHdr",
        new XElement(ns + "MsgId", header.MessageId),
        new XElement(ns + "CreDtTm", Moments.Format(header.CreatedAt)),
        between,
        Agent(ns, "InstgAgt", header.Instructing is { } instructing ? new MessageAgent(instructing) : null),
        Agent(ns, "InstdAgt", header.Instructed is { } instructed ? new MessageAgent(instructed) : null));

    private static object[] Counted(XNamespace ns, IEnumerable<Money> amounts)
    {
        var all = amounts.ToArray();
        return
        [
            new XElement(ns + "NbOfTxs", all.Length),
            new XElement(ns + "CtrlSum", all.Sum(MessageAmounts.Number)),
            new XElement(ns + "SttlmInf", new XElement(ns + "SttlmMtd", "CLRG")),
        ];
    }

    private static MessageAgent? Agent(MessageReading agent)
    {
        var found = agent.Required("FinInstnId", id =>
        {
            var bic = id.Bic("BICFI");
            id.Skip("ClrSysMmbId", "LEI");
            var name = id.Text("Nm", 140);
            var address = id.Optional("PstlAdr", Address);
            id.Skip("Othr");
            id.End();
            return new MessageAgent(bic, name, address);
        });
        agent.Skip("BrnchId");
        agent.End();
        return found;
    }

    private static XElement? Agent(XNamespace ns, string name, MessageAgent? agent) => agent is null ? null : new XElement(
        ns + name,
        new XElement(ns + "FinInstnId", Text(ns, "BICFI", agent.Bic?.Code), Text(ns, "Nm", agent.Name), Address(ns, agent.Address)));

    private static MessageParty? Party(MessageReading party)
    {
        var name = party.Text("Nm", 140);
        var address = party.Optional("PstlAdr", Address);
        party.Skip("Id", "CtryOfRes", "CtctDtls");
        party.End();
        return new MessageParty(name, address);
    }

    private static XElement Party(XNamespace ns, string name, MessageParty party) =>
        new(ns + name, Text(ns, "Nm", party.Name), Address(ns, party.Address));

    private static PostalAddress Address(MessageReading address)
    {
        address.Skip("AdrTp", "Dept", "SubDept");
        var street = address.Text("StrtNm", 70);
        address.Skip("BldgNb", "BldgNm", "Flr", "PstBx", "Room");
        var code = address.Text("PstCd", 16);
        var town = address.Text("TwnNm", 35);
        address.Skip("TwnLctnNm", "DstrctNm", "CtrySubDvsn");
        var country = address.Country("Ctry");
        address.Skip("AdrLine");
        address.End();
        return new PostalAddress(street, code, town, country);
    }

    private static XElement? Address(XNamespace ns, PostalAddress? address) => address is null ? null : new XElement(
        ns + "PstlAdr", Text(ns, "StrtNm", address.Street), Text(ns, "PstCd", address.PostalCode), Text(ns, "TwnNm", address.Town), Text(ns, "Ctry", address.Country));

    private static MessageAccount? Account(MessageReading account)
    {
        var found = account.Required<MessageAccount?>("Id", id =>
        {
            MessageAccount? number = null;
            if (id.Has("Othr"))
            {
                id.Optional("Othr", other =>
                {
                    number = other.Text("Id", 34, required: true) is { } text ? MessageAccount.OfNumber(text) : null;
                    other.Skip("SchmeNm", "Issr");
                    other.End();
                    return other;
                });
            }
            else
            {
                number = id.Iban("IBAN") is { } iban ? MessageAccount.Of(iban) : null;
            }

            id.End();
            return number;
        });
        account.Skip("Tp", "Ccy", "Nm", "Prxy");
        account.End();
        return found;
    }

    private static XElement? Account(XNamespace ns, string name, MessageAccount? account) => account is null ? null : new XElement(
        ns + name,
        new XElement(
            ns + "Id",
            account.Iban is { } iban ? new XElement(ns + "IBAN", iban.Electronic) : new XElement(ns + "Othr", new XElement(ns + "Id", account.Other))));

    private static XElement? Text(XNamespace ns, string name, string? text) => text is null ? null : new XElement(ns + name, text);

    private static XElement Amount(XNamespace ns, string name, Money amount) =>
        new(ns + name, new XAttribute("Ccy", amount.Currency.Code), amount.ToDecimalString());

    private static XElement? Date(XNamespace ns, string name, LocalDate? date) =>
        date is { } day ? new XElement(ns + name, LocalDatePattern.Iso.Format(day)) : null;

    private static StatusReason Reason(MessageReading reason)
    {
        reason.Skip("Orgtr");
        var code = reason.Optional("Rsn", of =>
        {
            var known = of.Has("Prtry") ? null : of.ExternalCode("Cd", required: true);
            of.Skip("Prtry");
            of.End();
            return known;
        });
        var texts = new List<string>();
        while (reason.Has("AddtlInf"))
        {
            if (reason.Text("AddtlInf", 105) is { } text)
                texts.Add(text);
        }

        reason.End();
        return new StatusReason(code, texts.Count == 0 ? null : texts[0]);
    }

    private static IEnumerable<XElement> Reasons(XNamespace ns, string name, IReadOnlyList<StatusReason> reasons) => reasons.Select(reason => new XElement(
        ns + name,
        reason.Code is null ? null : new XElement(ns + "Rsn", new XElement(ns + "Cd", reason.Code)),
        Text(ns, "AddtlInf", reason.Text)));

    private static (string? MessageId, string? Name) OriginalGroup(MessageReading group)
    {
        var id = group.Id("OrgnlMsgId", required: true);
        var name = group.Text("OrgnlMsgNmId", 35, required: true);
        group.Skip("OrgnlCreDtTm", "OrgnlNbOfTxs", "OrgnlCtrlSum", "RtrRsnInf");
        group.End();
        return (id, name);
    }

    private static XElement OriginalGroup(XNamespace ns, OriginalPayment original) => new(
        ns + "OrgnlGrpInf", new XElement(ns + "OrgnlMsgId", original.MessageId), new XElement(ns + "OrgnlMsgNmId", original.MessageName));
}
