using System.Xml.Linq;

namespace Serverless.Banking.Iso20022;

public static partial class MessageXml
{
    /// <inheritdoc cref="ReadCreditTransfer"/>
    public static Result<PaymentReturnMessage> ReadPaymentReturn(string xml) => Read(xml, PaymentReturnMessage.Name, "PmtRtr", root =>
    {
        GroupHeader? header = null;
        var group = root.Required("GrpHdr", reading => reading);
        var original = root.Optional("OrgnlGrpInf", OriginalGroup);
        var returns = root.Many("TxInf", Return);
        root.Skip("SplmtryData");
        root.End();
        CheckMany(root, "TxInf", returns.Count);
        if (group is not null)
            header = Header(group, (returns.Count, SumOf(returns.Select(payment => payment?.Amount))), counted: true);
        if (header is null || returns.Any(payment => payment is null))
            return null;
        return new PaymentReturnMessage(header, [.. returns.Select(payment => payment!.Original.MessageId is null && original.MessageId is not null
            ? payment with { Original = payment.Original with { MessageId = original.MessageId, MessageName = original.Name } }
            : payment!)]);
    });

    public static string Write(PaymentReturnMessage message) => Write(PaymentReturnMessage.Name, ns => new XElement(
        ns + "PmtRtr",
        Header(ns, message.Header, Counted(ns, message.Returns.Select(payment => payment.Amount))),
        message.Returns.Select(payment => new XElement(
            ns + "TxInf",
            Text(ns, "RtrId", payment.ReturnId),
            OriginalGroup(ns, payment.Original),
            Text(ns, "OrgnlInstrId", payment.Original.InstructionId),
            Text(ns, "OrgnlEndToEndId", payment.Original.EndToEndId),
            Text(ns, "OrgnlTxId", payment.Original.TransactionId),
            payment.OriginalAmount is null ? null : Amount(ns, "OrgnlIntrBkSttlmAmt", payment.OriginalAmount),
            Amount(ns, "RtrdIntrBkSttlmAmt", payment.Amount),
            Date(ns, "IntrBkSttlmDt", payment.SettlementDate),
            Reasons(ns, "RtrRsnInf", payment.Reasons)))));

    private static ReturnedPayment? Return(MessageReading reading)
    {
        var id = reading.Id("RtrId");
        var group = reading.Optional("OrgnlGrpInf", OriginalGroup);
        var (instruction, endToEnd, transaction) = (reading.Id("OrgnlInstrId"), reading.Id("OrgnlEndToEndId"), reading.Id("OrgnlTxId"));
        reading.Skip("OrgnlUETR", "OrgnlClrSysRef");
        var settled = reading.Amount("OrgnlIntrBkSttlmAmt", required: false);
        reading.Skip("OrgnlIntrBkSttlmDt");
        var amount = reading.Amount("RtrdIntrBkSttlmAmt", required: true);
        var date = reading.Date("IntrBkSttlmDt");
        reading.Skip("SttlmPrty", "SttlmTmIndctn", "SttlmTmReq", "RtrdInstdAmt", "XchgRate", "CompstnAmt");
        reading.Code("ChrgBr", required: false, "DEBT", "CRED", "SHAR", "SLEV");
        reading.Skip("ChrgsInf", "ClrSysRef", "InstgAgt", "InstdAgt", "RtrChain");
        var reasons = reading.Many("RtrRsnInf", Reason);
        reading.Skip("OrgnlTxRef", "SplmtryData");
        reading.End();
        if (settled is not null && amount is not null && (settled.Currency != amount.Currency || amount > settled))
            reading.Fault(MessageRules.Amount, reading.Below("RtrdIntrBkSttlmAmt"));
        return amount is null ? null : new ReturnedPayment(
            id, new OriginalPayment(group.MessageId, group.Name, instruction, endToEnd, transaction), settled, amount, date, reasons);
    }
}
