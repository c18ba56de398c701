using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Iso20022;

namespace Serverless.Banking.Tests.Iso20022;

public sealed class MessageXmlTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 2, 9, 30);

    [Fact]
    public void A_credit_transfer_is_read_as_it_was_written()
    {
        var message = Message(Transfer("T1", 123_45, Currency.Eur), Transfer("T2", 500, Currency.Of("JPY")) with { Charges = [] });

        var read = MessageXml.ReadCreditTransfer(MessageXml.Write(message));

        Assert.Equal(MessageXml.Write(message), MessageXml.Write(read.Value!));
        Assert.Equal(message.Transfers[0].Creditor, read.Value!.Transfers[0].Creditor);
        Assert.Equal([123_45, 500], read.Value.Transfers.Select(transfer => transfer.Amount.Minor));
    }

    [Fact]
    public void Any_amount_of_any_currency_survives_the_trip() => Prop.ForAll(
        Gen.Choose(1, int.MaxValue).Zip(Gen.Elements("ALL", "EUR", "JPY", "KWD")).ToArbitrary(),
        pair => MessageXml.ReadCreditTransfer(MessageXml.Write(Message(Transfer("T1", pair.Item1, Currency.Of(pair.Item2)))))
            .Value!.Transfers[0].Amount == Money.OfMinor(pair.Item1, Currency.Of(pair.Item2))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_status_report_and_a_return_are_read_as_they_were_written()
    {
        var original = new OriginalPayment("M1", CreditTransferMessage.Name, "I1", "E1", "T1");
        var status = new StatusReportMessage(Header("S1"), [new PaymentStatus(original, PaymentStatusCode.Rejected, [new StatusReason("AC04", "Closed")])]);
        var returned = new PaymentReturnMessage(
            Header("R1"),
            [new ReturnedPayment("R1", original, Money.OfMinor(500, Currency.Eur), Money.OfMinor(450, Currency.Eur), new LocalDate(2026, 3, 4), [new StatusReason("AC01")])]);

        var readStatus = MessageXml.ReadStatusReport(MessageXml.Write(status)).Value!;
        var readReturn = MessageXml.ReadPaymentReturn(MessageXml.Write(returned)).Value!;

        Assert.Equal((original, PaymentStatusCode.Rejected, "AC04"), (readStatus.Statuses[0].Original, readStatus.Statuses[0].Status, readStatus.Statuses[0].Reasons[0].Code));
        Assert.Equal((original, 450, "AC01"), (readReturn.Returns[0].Original, readReturn.Returns[0].Amount.Minor, readReturn.Returns[0].Reasons[0].Code));
    }

    [Theory]
    [InlineData("<MsgId>M1</MsgId>", "", MessageRules.Missing)]
    [InlineData("<MsgId>M1</MsgId>", "<MsgId>/M1</MsgId>", MessageRules.Charset)]
    [InlineData("<MsgId>M1</MsgId>", "<MsgId>123456789012345678901234567890123456</MsgId>", MessageRules.Length)]
    [InlineData("<MsgId>M1</MsgId>", "<MsgId>M1</MsgId><MsgId>M1</MsgId>", MessageRules.Missing)]
    [InlineData("<CtrlSum>", "<CtrlSum>1", MessageRules.ControlSum)]
    [InlineData("<NbOfTxs>1", "<NbOfTxs>2", MessageRules.Count)]
    [InlineData("<SttlmMtd>CLRG", "<SttlmMtd>CASH", MessageRules.Code)]
    [InlineData("2026-03-02T09:30:00.000Z", "2026-13-02T09:30:00Z", MessageRules.Date)]
    [InlineData("Ccy=\"EUR\">12.34<", "Ccy=\"EUR\">12.345<", MessageRules.Digits)]
    [InlineData("Ccy=\"EUR\">12.34<", "Ccy=\"EUR\">12,34<", MessageRules.Amount)]
    [InlineData("Ccy=\"EUR\">12.34<", "Ccy=\"EUR\">1234567890123456.789<", MessageRules.Digits)]
    [InlineData("Ccy=\"EUR\">12.34", "Ccy=\"EURO\">12.34", MessageRules.Currency)]
    [InlineData("Ccy=\"EUR\">12.34", "Ccy=\"EUR\" Evil=\"1\">12.34", MessageRules.Unexpected)]
    [InlineData("<Ctry>DE</Ctry>", "<Ctry>Germany</Ctry>", MessageRules.Country)]
    [InlineData("<Nm>Hans</Nm>", "<Nm>Hans <b>x</b></Nm>", MessageRules.Unexpected)]
    [InlineData("DE89370400440532013000", "DE00370400440532013000", MessageRules.Iban)]
    public void A_broken_rule_is_named_with_its_place(string good, string bad, string rule)
    {
        var xml = MessageXml.Write(Message(Transfer("T1", 12_34, Currency.Eur)));
        Assert.Contains(good, xml, StringComparison.Ordinal);

        var read = MessageXml.ReadCreditTransfer(ReplaceFirst(xml, good, bad));

        Assert.Contains(Faults(read.Error!), fault => fault.Rule == rule && fault.Field.StartsWith("/Document", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_fetched_expanded_or_swallowed()
    {
        var xml = MessageXml.Write(Message(Transfer("T1", 12_34, Currency.Eur)));

        Assert.Equal(MessageRules.Dtd, Rule("""<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>""" + xml));
        Assert.Equal(MessageRules.Dtd, Rule("""<!DOCTYPE d SYSTEM "http://127.0.0.1/evil.dtd">""" + xml));
        Assert.Equal(MessageRules.TooLarge, Rule(xml.Replace("Hans", new string('x', MessageXml.MostCharacters), StringComparison.Ordinal)));
        Assert.Equal(MessageRules.Malformed, Rule(xml[..^10]));
        Assert.Equal(MessageRules.Malformed, Rule(""));
        Assert.Equal(MessageRules.Namespace, Rule(xml.Replace(".08", ".99", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_return_of_more_than_was_settled_breaks_a_rule()
    {
        var xml = MessageXml.Write(new PaymentReturnMessage(
            Header("R1"),
            [
                new ReturnedPayment(
                    "R1", new OriginalPayment("M1", CreditTransferMessage.Name, null, null, "T1"), Money.OfMinor(500, Currency.Eur),
                    Money.OfMinor(501, Currency.Eur), null, []),
            ]));

        Assert.Contains(Faults(MessageXml.ReadPaymentReturn(xml).Error!), fault => fault.Rule == MessageRules.Amount);
    }

    [Theory]
    [InlineData("Çela & Shpk", 140, "Cela . Shpk")]
    [InlineData("Zëri i Popullit", 10, "Zeri i Pop")]
    public void Text_is_written_in_the_networks_letters(string text, int max, string basic) => Assert.Equal(basic, MessageText.Basic(text, max));

    private static string Rule(string xml) => ((MessageFault)MessageXml.ReadCreditTransfer(xml).Error!).Rule;

    private static MessageFault[] Faults(Error error) => error is InvalidInput several ? [.. several.Faults.Cast<MessageFault>()] : [(MessageFault)error];

    private static string ReplaceFirst(string text, string good, string bad)
    {
        var at = text.IndexOf(good, StringComparison.Ordinal);
        return text[..at] + bad + text[(at + good.Length)..];
    }

    private static GroupHeader Header(string id) => new(id, At, Bic.Of("COBADEFF"), Bic.Of("SRVLALTR"));

    private static CreditTransferMessage Message(params CreditTransfer[] transfers) => new(Header("M1"), transfers);

    private static CreditTransfer Transfer(string id, long minor, Currency currency) => new(
        id, "E1", id, Money.OfMinor(minor, currency), new LocalDate(2026, 3, 2), null, ChargeBearer.Cred,
        [(Money.OfMinor(100, currency), new MessageAgent(Bic.Of("COBADEFF")))],
        new MessageParty("Hans", new PostalAddress("Hauptstrasse 1", "50667", "Koln", "DE")), MessageAccount.Of(Iban.Of("DE89370400440532013000")),
        new MessageAgent(Bic.Of("COBADEFF")), new MessageAgent(null, "Some Bank", new PostalAddress("Main St", null, "NYC", "US")),
        new MessageParty("Arta"), MessageAccount.OfNumber("000123"), "RENT", "Qira");
}
