using Serverless.Banking.Notifications;

namespace Serverless.Banking.Tests.Notifications;

public sealed class ContentSafetyTests
{
    [Theory]
    [InlineData("From AL47 2121 1009 0000 0002 3569 8741 TO YOU", "From •••8741 TO YOU")]
    [InlineData("AL47212110090000000235698741, NO9386011117947", "•••8741, •••7947")]
    [InlineData("AL47212110090000000235698741 NO93 8601 1117 947.", "•••8741 •••7947.")]
    [InlineData("GB82 WEST 1234 5698 7654 32 is his", "•••5432 is his")]
    [InlineData("card 4242 4242 4242 4242", "card •••4242")]
    [InlineData("account 0000002356987", "account •••6987")]
    public void Full_account_and_card_numbers_leave_their_last_four(string text, string shown) => Assert.Equal(shown, ContentSafety.Mask(text));

    [Theory]
    [InlineData("Request KT59KVA4CVW7 is being looked at.")]
    [InlineData("Request AL59KVA4CVW7 is being looked at.")]
    [InlineData("Transaction XX12ABCDEFGH3456JKLM")]
    [InlineData("Pay 12345678901 by 31.12.2026")]
    [InlineData("Payment 12345678-9012-4345-8678-90123456789a was given back")]
    [InlineData("Document 1234567890124345867890123456789a")]
    public void Codes_of_the_bank_stay_as_they_are(string text) => Assert.Equal(text, ContentSafety.Mask(text));
}
