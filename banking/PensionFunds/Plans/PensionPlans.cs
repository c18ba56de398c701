using System.Reflection;
using System.Text.Json;
using Serverless.Banking.Customers;
using Serverless.Banking.Text;

namespace Serverless.Banking.PensionFunds;

/// <summary>A plan of a management company (LDP-12). Its currency is ALL (LDP-29).</summary>
/// <param name="ManagerId">Names the bank's settlement account.</param>
/// <param name="IsOffered">False: only those who have it go on.</param>
/// <param name="Name">By language, as the others.</param>
/// <param name="Details">"Read more": paragraphs.</param>
public sealed record PensionPlan(
    string Code, string ManagerId, string Manager, bool IsOffered, IReadOnlyDictionary<string, string> Name, IReadOnlyDictionary<string, string> Summary,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Details);

/// <summary>The plans, from <c>plans.json</c>, and the words that go with them. A version's words never change: a new wording is a new version.</summary>
public static class PensionPlans
{
    public const string TermsVersion = "2026-01";

    public const string ContractVersion = "2026-01";

    public static IReadOnlyList<PensionPlan> All { get; } = Read();

    /// <summary>Also one that is not offered any more.</summary>
    public static PensionPlan? Find(string code) => All.FirstOrDefault(plan => plan.Code == code);

    /// <exception cref="InvalidOperationException">A plan that somebody has was taken out of the list.</exception>
    public static PensionPlan Of(string code) => Find(code) ?? throw new InvalidOperationException($"Plan {code} is in no list.");

    /// <returns>Paragraphs, as the others.</returns>
    public static IReadOnlyList<string> Information(Language language) => TextResources.Paragraphs("PensionFunds.Texts.information", language);

    public static IReadOnlyList<string> Terms(Language language) => TextResources.Paragraphs($"PensionFunds.Texts.{TermsVersion}.terms", language);

    public static IReadOnlyList<string> Contract(Language language) => TextResources.Paragraphs($"PensionFunds.Texts.{ContractVersion}.contract", language);

    private static IReadOnlyList<PensionPlan> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Serverless.Banking.PensionFunds.plans.json")!;
        return JsonSerializer.Deserialize<PensionPlan[]>(stream, JsonSerializerOptions.Web)!;
    }
}
