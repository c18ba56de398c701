using Serverless.Banking.Text;

namespace Serverless.Banking.Tests.Text;

public sealed class DescriptionTests
{
    [Theory]
    [InlineData("Qira maj 2024", "Qira maj 2024")]
    [InlineData("Qera e muajit korrik për banesë", "Qera e muajit korrik për banesë")]
    [InlineData("Çmimi ËË", "Çmimi ËË")]
    [InlineData("banese\u0308", "banesë")]
    [InlineData("  a b ", "a b")]
    public void Letters_Albanian_ones_too_digits_and_spaces_are_kept(string text, string kept) =>
        Assert.Equal(kept, Description.Find(text, "/description").Value);

    [Theory]
    [InlineData("Qira/maj", "/")]
    [InlineData("a.b", ".")]
    [InlineData("a\tb", "\t")]
    [InlineData("€5", "€")]
    [InlineData("mirë 😀", "😀")]
    [InlineData("дом", "д")]
    [InlineData("٣", "٣")]
    [InlineData("a\ud800", "\ufffd")]
    public void The_first_other_character_is_named(string text, string character) =>
        Assert.Equal(new DescriptionCharacterNotAllowed("/description", character), Description.Find(text, "/description").Error);

    [Fact]
    public void A_hundred_and_forty_characters_are_the_most()
    {
        Assert.True(Description.Find(new string('a', 140), "/d").IsSuccess);
        Assert.Equal(new DescriptionTooLong("/d", 140), Description.Find(new string('a', 141), "/d").Error);
    }
}
