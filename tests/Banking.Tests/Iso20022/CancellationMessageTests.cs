using NodaTime;
using Serverless.Banking.Iso20022;

namespace Serverless.Banking.Tests.Iso20022;

public sealed class CancellationMessageTests
{
    private const string Answer = """
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.029.001.09"><RsltnOfInvstgtn>
        <Assgnmt><Id>CA1</Id><Assgnr><Agt><FinInstnId><BICFI>COBADEFF</BICFI></FinInstnId></Agt></Assgnr><Assgne><Agt><FinInstnId><BICFI>SRVLALTR</BICFI></FinInstnId></Agt></Assgne>
        <CreDtTm>2026-03-02T10:00:00.000Z</CreDtTm></Assgnmt><Sts><Conf>RJCR</Conf></Sts>
        <CxlDtls><TxInfAndSts><OrgnlGrpInf><OrgnlMsgId>m1</OrgnlMsgId><OrgnlMsgNmId>pacs.008.001.08</OrgnlMsgNmId></OrgnlGrpInf><OrgnlTxId>t1</OrgnlTxId>
        <TxCxlSts>RJCR</TxCxlSts><CxlStsRsnInf><Rsn><Cd>NOAS</Cd></Rsn></CxlStsRsnInf></TxInfAndSts></CxlDtls></RsltnOfInvstgtn></Document>
        """;

    [Fact]
    public void A_recall_names_the_payment_and_why_and_is_the_same_message_every_time()
    {
        var recall = new CancellationRequestMessage(
            "c1", Instant.FromUtc(2026, 3, 2, 10, 0), Bic.Of("SRVLALTR"), Bic.Of("COBADEFF"), new OriginalPayment("m1", CreditTransferMessage.Name, "m1", "m1", "m1"),
            Money.OfMinor(50_000, Currency.All), "CUST");

        Assert.Equal(
            """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.056.001.08"><FIToFIPmtCxlReq><Assgnmt><Id>c1</Id><Assgnr><Agt><FinInstnId><BICFI>SRVLALTR</BICFI></FinInstnId></Agt></Assgnr><Assgne><Agt><FinInstnId><BICFI>COBADEFF</BICFI></FinInstnId></Agt></Assgne><CreDtTm>2026-03-02T10:00:00.000Z</CreDtTm></Assgnmt><CtrlData><NbOfTxs>1</NbOfTxs></CtrlData><Undrlyg><TxInf><CxlId>c1</CxlId><OrgnlGrpInf><OrgnlMsgId>m1</OrgnlMsgId><OrgnlMsgNmId>pacs.008.001.08</OrgnlMsgNmId></OrgnlGrpInf><OrgnlInstrId>m1</OrgnlInstrId><OrgnlEndToEndId>m1</OrgnlEndToEndId><OrgnlTxId>m1</OrgnlTxId><OrgnlIntrBkSttlmAmt Ccy="ALL">500.00</OrgnlIntrBkSttlmAmt><CxlRsnInf><Rsn><Cd>CUST</Cd></Rsn></CxlRsnInf></TxInf></Undrlyg></FIToFIPmtCxlReq></Document>""",
            MessageXml.Write(recall));
    }

    [Theory]
    [InlineData("RJCR", false)]
    [InlineData("CNCL", true)]
    [InlineData("PDCR", null)]
    public void An_answer_says_yes_no_or_not_yet(string status, bool? accepted)
    {
        var read = MessageXml.ReadCancellationAnswer(Answer.Replace("<TxCxlSts>RJCR", $"<TxCxlSts>{status}", StringComparison.Ordinal)).Value!.Answers.Single();

        Assert.Equal((accepted, "t1", "NOAS"), (read.IsAccepted, read.Original.TransactionId, read.Reasons.Single().Code));
    }

    [Theory]
    [InlineData("<TxCxlSts>RJCR</TxCxlSts>", "")]
    [InlineData("<TxCxlSts>RJCR</TxCxlSts>", "<TxCxlSts>WHAT</TxCxlSts>")]
    [InlineData("<Id>CA1</Id>", "")]
    [InlineData("camt.029.001.09", "camt.029.001.12")]
    public void An_answer_that_breaks_a_rule_is_refused(string good, string bad) =>
        Assert.False(MessageXml.ReadCancellationAnswer(Answer.Replace(good, bad, StringComparison.Ordinal)).IsSuccess);
}
