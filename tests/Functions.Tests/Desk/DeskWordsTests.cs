using System.Text.Json;
using Serverless.Functions.Desk;

namespace Serverless.Functions.Tests.Desk;

public sealed class DeskWordsTests
{
    /// <summary>Joined from every capability's folder: two words for one code would stop the page.</summary>
    [Fact]
    public void Every_code_has_one_word_in_each_language()
    {
        var page = new DeskPage();

        Assert.Equal(Codes(page.Words("sq")), Codes(page.Words("en")));
        Assert.Null(page.Words("de"));
    }

    private static string[] Codes(string? words) => [.. JsonSerializer.Deserialize<Dictionary<string, string>>(words!)!.Keys.Order(StringComparer.Ordinal)];
}
