using System.Globalization;
using System.Text.Json;
using Serverless.Banking.History;

namespace Serverless.Banking.Budget;

/// <summary>What counts as spending (HIST-13) and the category it falls in by itself (HIST-14). They are data: <c>spending-rules.json</c>.</summary>
public sealed class SpendingRules
{
    private readonly HashSet<string> notSpending;
    private readonly HashSet<string> refunds;
    private readonly Dictionary<string, string> kinds;
    private readonly Dictionary<string, string> counterparties;
    private readonly MerchantCodes[] merchantCodes;

    public SpendingRules()
    {
        using var stream = typeof(SpendingRules).Assembly.GetManifestResourceStream("Serverless.Banking.Budget.spending-rules.json")!;
        var data = JsonSerializer.Deserialize<Data>(stream, JsonSerializerOptions.Web)!;
        notSpending = [.. data.NotSpending];
        refunds = [.. data.Refunds];
        kinds = new Dictionary<string, string>(data.Kinds, StringComparer.Ordinal);
        counterparties = data.Counterparties.ToDictionary(rule => SearchText.Fold(rule.Key), rule => rule.Value, StringComparer.Ordinal);
        merchantCodes = data.MerchantCodes;
    }

    /// <summary>Every category that a rule names.</summary>
    public IEnumerable<string> Categories => kinds.Values.Concat(counterparties.Values).Concat(merchantCodes.Select(codes => codes.Category)).Distinct();

    /// <param name="ownIbans">Of all the customer's accounts: money sent from one to another is not spent.</param>
    public bool IsSpending(Operation operation, IReadOnlySet<string> ownIbans) =>
        operation.Amount.Minor < 0 && !operation.Kind.EndsWith(OperationKinds.ReversalSuffix, StringComparison.Ordinal)
        && !notSpending.Contains(operation.Kind) && !IsOwn(operation, ownIbans);

    /// <summary>Money that comes back and makes what was spent less.</summary>
    public bool IsRefund(Operation operation, IReadOnlySet<string> ownIbans) =>
        operation.Amount.Minor > 0 && !notSpending.Contains(Base(operation.Kind)) && !IsOwn(operation, ownIbans)
        && (refunds.Contains(operation.Kind) || operation.Kind.EndsWith(OperationKinds.ReversalSuffix, StringComparison.Ordinal));

    /// <summary>By the merchant's code, else by who was paid, else by the kind of payment, else <see cref="BudgetCatalogue.Other"/>.</summary>
    public string CategoryOf(Operation operation)
    {
        if (MerchantCodeOf(operation) is { } code && merchantCodes.FirstOrDefault(codes => codes.From <= code && code <= codes.To) is { } codes)
            return codes.Category;
        if (operation.Counterparty?.Name is { } name && counterparties.TryGetValue(SearchText.Fold(name).Trim(), out var known))
            return known;
        return kinds.GetValueOrDefault(Base(operation.Kind), BudgetCatalogue.Other);
    }

    /// <summary>The merchant category code of ISO 18245, with which the reference of a card's operation begins: <c>mcc5411/…</c>.</summary>
    private static int? MerchantCodeOf(Operation operation) =>
        operation.Reference.StartsWith("mcc", StringComparison.Ordinal) && operation.Reference.Length >= 7
        && int.TryParse(operation.Reference.AsSpan(3, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;

    private static string Base(string kind) => kind.EndsWith(OperationKinds.ReversalSuffix, StringComparison.Ordinal) ? kind[..^OperationKinds.ReversalSuffix.Length] : kind;

    private static bool IsOwn(Operation operation, IReadOnlySet<string> ownIbans) => operation.Counterparty?.Account is { } account && ownIbans.Contains(account);

    private sealed record Data(
        string[] NotSpending, string[] Refunds, Dictionary<string, string> Kinds, Dictionary<string, string> Counterparties, MerchantCodes[] MerchantCodes);

    private sealed record MerchantCodes(int From, int To, string Category);
}
