using System.Text.Json;
using Microsoft.Extensions.Options;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Budget;

/// <param name="Id">Stable, in snake_case.</param>
/// <param name="Icon">Name of the picture in the app.</param>
/// <param name="IsRetired">It stays readable on what has it and cannot be chosen any more (HIST-10).</param>
public sealed record BudgetTerm(string Id, string Icon, string Sq, string En, bool IsRetired)
{
    public string Name(Language language) => language == Language.English ? En : Sq;
}

/// <summary>The categories and expense types (HIST-10, HIST-14). They are data: <c>categories.json</c>, and the settings say which are retired now.</summary>
public sealed class BudgetCatalogue
{
    /// <summary>Where unknown spending falls.</summary>
    public const string Other = "other";

    private readonly IOptionsMonitor<BudgetOptions> options;
    private readonly TermData[] categories;
    private readonly TermData[] types;

    public BudgetCatalogue(IOptionsMonitor<BudgetOptions> options)
    {
        this.options = options;
        using var stream = typeof(BudgetCatalogue).Assembly.GetManifestResourceStream("Serverless.Banking.Budget.categories.json")!;
        var data = JsonSerializer.Deserialize<Data>(stream, JsonSerializerOptions.Web)!;
        (categories, types) = (data.Categories, data.Types);
    }

    /// <summary>Retired ones too, in the order in which they are shown.</summary>
    public IReadOnlyList<BudgetTerm> Categories => [.. categories.Select(ToTerm)];

    public IReadOnlyList<BudgetTerm> Types => [.. types.Select(ToTerm)];

    /// <summary>Null for what was never a category, or is retired.</summary>
    public BudgetTerm? FindCategory(string id) => categories.FirstOrDefault(term => term.Id == id) is { } known && ToTerm(known) is { IsRetired: false } term ? term : null;

    /// <summary>For ids that the bank itself stored.</summary>
    /// <exception cref="InvalidOperationException">The id was never in the catalogue.</exception>
    public BudgetTerm Category(string id) => ToTerm(categories.First(term => term.Id == id));

    /// <summary>Null for what was never an expense type, or is retired.</summary>
    public ExpenseType? FindType(string id) => (types.FirstOrDefault(term => term.Id == id) is { } known && ToTerm(known) is { IsRetired: false }, id) switch
    {
        (true, "one_time") => ExpenseType.OneTime,
        (true, "recurring_monthly") => ExpenseType.RecurringMonthly,
        _ => null,
    };

    private BudgetTerm ToTerm(TermData term) => new(term.Id, term.Icon, term.Sq, term.En, options.CurrentValue.Retired.Contains(term.Id));

    private sealed record Data(TermData[] Categories, TermData[] Types);

    private sealed record TermData(string Id, string Icon, string Sq, string En);
}
