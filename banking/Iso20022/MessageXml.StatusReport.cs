using System.Xml.Linq;

namespace Serverless.Banking.Iso20022;

public static partial class MessageXml
{
    private static readonly Dictionary<string, PaymentStatusCode> StatusCodes = new(StringComparer.Ordinal)
    {
        ["RCVD"] = PaymentStatusCode.Pending,
        ["PDNG"] = PaymentStatusCode.Pending,
        ["ACTC"] = PaymentStatusCode.Pending,
        ["ACCP"] = PaymentStatusCode.Pending,
        ["ACSP"] = PaymentStatusCode.Pending,
        ["ACWC"] = PaymentStatusCode.Pending,
        ["ACWP"] = PaymentStatusCode.Pending,
        ["ACSC"] = PaymentStatusCode.Settled,
        ["ACCC"] = PaymentStatusCode.Settled,
        ["RJCT"] = PaymentStatusCode.Rejected,
    };

    /// <inheritdoc cref="ReadCreditTransfer"/>
    public static Result<StatusReportMessage> ReadStatusReport(string xml) => Read(xml, StatusReportMessage.Name, "FIToFIPmtStsRpt", root =>
    {
        var header = root.Required("GrpHdr", group => Header(group, default, counted: false));
        var groups = root.Many("OrgnlGrpInfAndSts", group =>
        {
            var id = group.Id("OrgnlMsgId", required: true);
            var name = group.Text("OrgnlMsgNmId", 35, required: true);
            group.Skip("OrgnlCreDtTm", "OrgnlNbOfTxs", "OrgnlCtrlSum");
            var status = group.Code("GrpSts", required: false, [.. StatusCodes.Keys]);
            var reasons = group.Many("StsRsnInf", Reason);
            group.Skip("NbOfTxsPerSts");
            group.End();
            return (Id: id, Name: name, Status: status, Reasons: reasons);
        });
        var transactions = root.Many("TxInfAndSts", Status);
        root.Skip("SplmtryData");
        root.End();

        if (transactions.Count == 0 && groups.All(group => group.Status is null))
            root.Fault(MessageRules.Missing, root.Below("TxInfAndSts"));
        if (header is null)
            return null;
        var whole = groups.Where(group => group.Status is not null).Select(group => new PaymentStatus(
            new OriginalPayment(group.Id, group.Name, null, null, null), StatusCodes[group.Status!], group.Reasons));
        var single = transactions.OfType<PaymentStatus>().Select(status => status.Original.MessageId is null && groups.Count == 1
            ? status with { Original = status.Original with { MessageId = groups[0].Id, MessageName = groups[0].Name } }
            : status);
        return new StatusReportMessage(header, transactions.Count > 0 ? [.. single] : [.. whole]);
    });

    public static string Write(StatusReportMessage message) => Write(StatusReportMessage.Name, ns => new XElement(
        ns + "FIToFIPmtStsRpt",
        Header(ns, message.Header),
        message.Statuses.Select(status => new XElement(
            ns + "TxInfAndSts",
            OriginalGroup(ns, status.Original),
            Text(ns, "OrgnlInstrId", status.Original.InstructionId),
            Text(ns, "OrgnlEndToEndId", status.Original.EndToEndId),
            Text(ns, "OrgnlTxId", status.Original.TransactionId),
            new XElement(ns + "TxSts", status.Status switch
            {
                PaymentStatusCode.Settled => "ACSC",
                PaymentStatusCode.Rejected => "RJCT",
                _ => "ACSP",
            }),
            Reasons(ns, "StsRsnInf", status.Reasons)))));

    private static PaymentStatus? Status(MessageReading reading)
    {
        reading.Skip("StsId");
        var group = reading.Optional("OrgnlGrpInf", OriginalGroup);
        var (instruction, endToEnd, transaction) = (reading.Id("OrgnlInstrId"), reading.Id("OrgnlEndToEndId"), reading.Id("OrgnlTxId"));
        reading.Skip("OrgnlUETR");
        var code = reading.Code("TxSts", required: true, [.. StatusCodes.Keys]);
        var reasons = reading.Many("StsRsnInf", Reason);
        reading.Skip(
            "ChrgsInf", "AccptncDtTm", "FctvIntrBkSttlmDt", "AcctSvcrRef", "ClrSysRef", "InstgAgt", "InstdAgt", "OrgnlTxRef", "SplmtryData");
        reading.End();
        return code is null ? null : new PaymentStatus(
            new OriginalPayment(group.MessageId, group.Name, instruction, endToEnd, transaction), StatusCodes[code], reasons);
    }
}
