using System.Text;
using NodaTime;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Tests.Partners;

/// <remarks>The first vector is the specification's own example (Standard Webhooks); all three were computed again with Python's hmac and base64.</remarks>
public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Body = """{"test": 2432232314}""";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly Instant Sent = Instant.FromUnixTimeSeconds(1614265330);

    [Theory]
    [InlineData(Id, Timestamp, Body, Signature)]
    [InlineData("evt-1", "1780000000", """{"name":"Shtëpia"}""", "v1,cefV9sD/+zV/vR5X35jp9z3EZE4xevJTLpa1Kz7Dgow=")]
    [InlineData("evt-2", "1780000000", "", "v1,7ls4TD6BShAD/h+4BA57m7WybnoODhuJxYO+YJ5TiLk=")]
    public void Signatures_made_elsewhere_are_good(string id, string timestamp, string body, string signature) =>
        Assert.True(WebhookSignature.IsGood(
            Secret, id, timestamp, signature, Encoding.UTF8.GetBytes(body), Instant.FromUnixTimeSeconds(long.Parse(timestamp, null))));

    [Theory]
    [InlineData("v1,cefV9sD/+zV/vR5X35jp9z3EZE4xevJTLpa1Kz7Dgow= " + Signature)]
    [InlineData(Signature + " v1a,something v2,c29tZXRoaW5n")]
    public void One_good_signature_of_several_is_enough(string signatures) => Assert.True(IsGood(signatures: signatures));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("v1,")]
    [InlineData("v1")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ")]
    [InlineData("v1,not base64")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OEg0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OEg0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    public void Anything_else_is_not(string signatures) => Assert.False(IsGood(signatures: signatures));

    [Fact]
    public void The_signature_covers_secret_id_time_and_body()
    {
        Assert.True(IsGood());
        Assert.False(IsGood(secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx"));
        Assert.False(IsGood(id: Id + "x"));
        Assert.False(IsGood(timestamp: "1614265331"));
        Assert.False(IsGood(body: Body + " "));
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void A_message_is_good_for_five_minutes_either_way(int ageSeconds, bool expected) =>
        Assert.Equal(expected, IsGood(now: Sent + Duration.FromSeconds(ageSeconds)));

    [Theory]
    [InlineData("")]
    [InlineData("-1614265330")]
    [InlineData("+1614265330")]
    [InlineData(" 1614265330")]
    [InlineData("1614265330.0")]
    [InlineData("99999999999999")]
    [InlineData("99999999999999999999999999")]
    [InlineData("yesterday")]
    public void A_time_that_is_none_is_refused(string timestamp) => Assert.False(IsGood(timestamp: timestamp));

    private static bool IsGood(
        string secret = Secret, string id = Id, string timestamp = Timestamp, string signatures = Signature, string body = Body, Instant? now = null) =>
        WebhookSignature.IsGood(secret, id, timestamp, signatures, Encoding.UTF8.GetBytes(body), now ?? Sent);
}
