using System.Xml.Linq;

namespace Serverless.Banking.Iso20022;

// Sources: ISO 20022 message definitions camt.056.001.08 and camt.029.001.09.
public static partial class MessageXml
{
    private static readonly Dictionary<string, bool?> CancellationStatuses = new(StringComparer.Ordinal)
    {
        ["CNCL"] = true,
        ["ACCR"] = true,
        ["RJCR"] = false,
        ["PDCR"] = null,
    };

    public static string Write(CancellationRequestMessage message) => Write(CancellationRequestMessage.Name, ns => new XElement(
        ns + "FIToFIPmtCxlReq",
        new XElement(
            ns + "Assgnmt",
            new XElement(ns + "Id", message.MessageId),
            new XElement(ns + "Assgnr", Agent(ns, "Agt", new MessageAgent(message.Assigner))),
            new XElement(ns + "Assgne", Agent(ns, "Agt", new MessageAgent(message.Assignee, message.Assignee is null ? "NOTPROVIDED" : null))),
            new XElement(ns + "CreDtTm", Moments.Format(message.CreatedAt))),
        new XElement(ns + "CtrlData", new XElement(ns + "NbOfTxs", 1)),
        new XElement(
            ns + "Undrlyg",
            new XElement(
                ns + "TxInf",
                new XElement(ns + "CxlId", message.MessageId),
                OriginalGroup(ns, message.Original),
                Text(ns, "OrgnlInstrId", message.Original.InstructionId),
                Text(ns, "OrgnlEndToEndId", message.Original.EndToEndId),
                Text(ns, "OrgnlTxId", message.Original.TransactionId),
                Amount(ns, "OrgnlIntrBkSttlmAmt", message.Amount),
                Reasons(ns, "CxlRsnInf", [new StatusReason(message.Reason)])))));

    /// <inheritdoc cref="ReadCreditTransfer"/>
    public static Result<CancellationAnswerMessage> ReadCancellationAnswer(string xml) => Read(xml, CancellationAnswerMessage.Name, "RsltnOfInvstgtn", root =>
    {
        var id = root.Required("Assgnmt", assignment =>
        {
            var text = assignment.Id("Id", required: true);
            assignment.Skip("Assgnr", "Assgne");
            assignment.Moment("CreDtTm", required: true);
            assignment.End();
            return text;
        });
        root.Skip("RslvdCase");
        root.Skip("Sts");
        var answers = root.Many("CxlDtls", details =>
        {
            details.Skip("OrgnlGrpInfAndSts", "OrgnlPmtInfAndSts");
            var found = details.Many("TxInfAndSts", Answer);
            details.End();
            return found;
        });
        root.Skip("ModDtls", "ClmNonRctDtls", "StmtDtls", "CrrctnTx", "RsltnRltdInf", "SplmtryData");
        root.End();
        var all = answers.SelectMany(one => one).OfType<CancellationAnswer>().ToArray();
        if (all.Length == 0)
            root.Fault(MessageRules.Missing, root.Below("CxlDtls"));
        return id is null ? null : new CancellationAnswerMessage(id, all);
    });

    private static CancellationAnswer? Answer(MessageReading reading)
    {
        reading.Skip("CxlStsId", "RslvdCase");
        var group = reading.Optional("OrgnlGrpInf", OriginalGroup);
        var (instruction, endToEnd, transaction) = (reading.Id("OrgnlInstrId"), reading.Id("OrgnlEndToEndId"), reading.Id("OrgnlTxId"));
        reading.Skip("OrgnlClrSysRef", "OrgnlUETR");
        var status = reading.Code("TxCxlSts", required: true, [.. CancellationStatuses.Keys]);
        var reasons = reading.Many("CxlStsRsnInf", Reason);
        reading.Skip("RsltnRltdInf", "OrgnlIntrBkSttlmAmt", "OrgnlIntrBkSttlmDt", "Assgnr", "Assgne", "OrgnlTxRef");
        reading.End();
        return status is null ? null : new CancellationAnswer(
            new OriginalPayment(group.MessageId, group.Name, instruction, endToEnd, transaction), CancellationStatuses[status], reasons);
    }
}
