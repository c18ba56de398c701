using Serverless.Banking.Devices;

namespace Serverless.Banking.Tests.Devices;

/// <summary>The test vectors of RFC 6238, appendix B, for HMAC-SHA-256; steps of 30 seconds.</summary>
public sealed class TotpTests
{
    private static readonly byte[] Secret = "12345678901234567890123456789012"u8.ToArray();

    [Theory]
    [InlineData(59, "46119246")]
    [InlineData(1111111109, "68084774")]
    [InlineData(1111111111, "67062674")]
    [InlineData(1234567890, "91819424")]
    [InlineData(2000000000, "90698825")]
    [InlineData(20000000000, "77737706")]
    public void Codes_are_those_of_the_RFC(long seconds, string code)
    {
        Assert.Equal(code, Totp.Code(Secret, seconds / 30, 8));
        Assert.Equal(code[2..], Totp.Code(Secret, seconds / 30, 6));
    }
}
