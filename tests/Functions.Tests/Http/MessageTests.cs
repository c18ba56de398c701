using System.Text.Json;
using Serverless.Banking;
using Serverless.Banking.Customers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Tests.Http;

public sealed class MessageTests
{
    public static TheoryData<Language> BothLanguages => [.. Enum.GetValues<Language>()];

    [Theory, MemberData(nameof(BothLanguages))]
    public void Every_error_of_the_product_has_a_text(Language language)
    {
        var without = ErrorTypes.All.Select(type => $"{ErrorTypes.SampleOf(type).Code} ({type.Name})")
            .Where(line => ErrorTexts.Find(language, line.Split(' ')[0]) is not { Title.Length: > 0, Detail.Length: > 0 });

        Assert.Equal("", string.Join('\n', without));
    }

    [Theory, MemberData(nameof(BothLanguages))]
    public void Every_text_belongs_to_an_error(Language language)
    {
        var codes = ErrorTypes.All.Select(type => ErrorTypes.SampleOf(type).Code);

        Assert.Empty(ErrorTexts.Codes(language).Except(codes));
    }

    [Theory, MemberData(nameof(BothLanguages))]
    public void Every_placeholder_is_a_fact_of_its_error(Language language)
    {
        var wrong = from type in ErrorTypes.All
                    let text = ErrorTexts.Find(language, ErrorTypes.SampleOf(type).Code)
                    where text is not null
                    let facts = Facts.PropertiesOf(type).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))
                    from placeholder in ErrorTexts.PlaceholdersOf(text.Title + text.Detail)
                    where !facts.Contains(placeholder)
                    select $"{type.Name}: {{{placeholder}}}";

        Assert.Empty(wrong);
    }

    [Theory, MemberData(nameof(BothLanguages))]
    public void Every_error_can_be_told_in_full(Language language)
    {
        var unfilled = from type in ErrorTypes.All
                       let error = ErrorTypes.SampleOf(type)
                       let text = ErrorTexts.Find(language, error.Code)
                       where text is not null
                       let told = ErrorTexts.Fill(text.Detail, error, language)
                       where told.Contains('{', StringComparison.Ordinal)
                       select $"{type.Name}: {told}";

        Assert.Empty(unfilled);
    }

    [Fact]
    public void Two_errors_never_share_a_code()
    {
        var shared = ErrorTypes.All.GroupBy(type => ErrorTypes.SampleOf(type).Code).Where(g => g.Count() > 1)
            .Select(g => $"{g.Key}: {string.Join(", ", g.Select(t => t.FullName))}");

        Assert.Empty(shared);
    }

    [Fact]
    public void Codes_are_snake_case() =>
        Assert.All(ErrorTypes.All.Select(type => ErrorTypes.SampleOf(type).Code), code => Assert.Equal(JsonNamingPolicy.SnakeCaseLower.ConvertName(code), code));

    [Fact]
    public void Facts_never_take_the_name_of_a_member_of_the_problem_document()
    {
        string[] taken = ["type", "title", "status", "detail", "code", "instance", "traceId", "errors", "pointer", "parameter"];
        var clashes = from type in ErrorTypes.All
                      from fact in Facts.PropertiesOf(type)
                      where taken.Contains(JsonNamingPolicy.CamelCase.ConvertName(fact.Name))
                      select $"{type.Name}.{fact.Name}";

        Assert.Empty(clashes);
    }

    [Fact]
    public void Amounts_and_dates_are_written_as_the_language_has_them()
    {
        var amount = Money.OfMinor(168927, Currency.All);
        var date = new NodaTime.LocalDate(2026, 1, 31);

        Assert.Equal("1,689.27 ALL | 31 January 2026", $"{Wording.Of(amount, Language.English)} | {Wording.Of(date, Language.English)}");
        Assert.Equal("1.689,27 ALL | 31.01.2026", $"{Wording.Of(amount, Language.Albanian)} | {Wording.Of(date, Language.Albanian)}");
    }
}
