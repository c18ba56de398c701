using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Serverless.Sandbox.Billers;

namespace Serverless.Sandbox.Insurers;

/// <summary>An insurer's books: what it has offered, and the policies ordered of it. Every method is one step under one lock.</summary>
internal sealed class Insurer(string id, string name, decimal factor, TimeSpan? validity, string webhookSecret)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Offer> offers = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, Order> orders = new(StringComparer.Ordinal);
    private int lastPolicy;

    public string Id { get; } = id;

    public string Name { get; } = name;

    /// <summary>Public, for one machine only.</summary>
    public string WebhookSecret { get; } = webhookSecret;

    /// <summary>Plates that begin with ZZ stand in no register, and those with XX nobody insures.</summary>
    public (IReadOnlyList<Offer> Offers, Rejection? Rejection) Ask(string kind, JsonElement questions, DateTimeOffset now)
    {
        var plate = Text(questions, "plate") ?? "";
        if (plate.StartsWith("ZZ", StringComparison.Ordinal))
            return ([], new Rejection("vehicle_unknown", "The plate stands in no register.", ["/plate"]));
        if (plate.StartsWith("XX", StringComparison.Ordinal))
            return ([], null);
        var price = (int)(Tariff.Of(kind, questions) * factor) + ".00";
        var offer = new Offer(
            $"{Id}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}", kind, new Money(price, "ALL"), $"{Name}: {kind.Replace('_', ' ')}",
            $"What {Name} covers, and what it does not.", validity is { } life ? now + life : null, kind == "auto_sos" ? $"SANDB0X{plate}".PadRight(17, '0')[..17] : null);
        lock (gate)
        {
            offers[offer.OfferId] = offer;
        }

        return ([offer], null);
    }

    /// <summary>Ordered once, however often it is asked for.</summary>
    /// <returns>The order as it stands, and whether it is new.</returns>
    public (Order Order, bool IsNew) Take(OrderRequest wanted, bool isPending, string? refuseWith)
    {
        lock (gate)
        {
            if (orders.TryGetValue(wanted.PurchaseId!, out var known))
                return (known, false);
            var offer = offers.GetValueOrDefault(wanted.OfferId!);
            var code = refuseWith ?? (offer is null || offer.Kind != wanted.Kind ? "offer_unknown" : offer.Premium != wanted.Premium ? "premium_changed" : null);
            var (start, end) = Dates(wanted);
            var order = new Order(wanted.PurchaseId!, OrderStatus.Pending, wanted.Kind!, wanted.Email!, start, end, null, null);
            return (orders[order.PurchaseId] = code is not null ? order with { Status = OrderStatus.Refused, Code = code } : isPending ? order : Issued(order), true);
        }
    }

    public Order? Find(string purchaseId)
    {
        lock (gate)
        {
            return orders.GetValueOrDefault(purchaseId);
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Order> All()
    {
        lock (gate)
        {
            return [.. orders.Values];
        }
    }

    /// <returns>Null when it was not pending.</returns>
    public Order? Settle(string purchaseId, string? refuseWith)
    {
        lock (gate)
        {
            return orders.TryGetValue(purchaseId, out var known) && known.Status == OrderStatus.Pending
                ? orders[purchaseId] = refuseWith is null ? Issued(known) : known with { Status = OrderStatus.Refused, Code = refuseWith }
                : null;
        }
    }

    /// <summary>Also what was issued, and what has never come: a policy that is not paid is void.</summary>
    public Order Cancel(string purchaseId)
    {
        lock (gate)
        {
            var known = orders.GetValueOrDefault(purchaseId) ?? new Order(purchaseId, OrderStatus.Pending, "", "", default, default, null, null);
            return orders[purchaseId] = known with { Status = OrderStatus.Cancelled, Code = "cancelled" };
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            offers.Clear();
            orders.Clear();
            lastPolicy = 0;
        }
    }

    private Order Issued(Order order) => order with
    {
        Status = OrderStatus.Issued,
        Number = string.Create(CultureInfo.InvariantCulture, $"{Id[..3].ToUpperInvariant()}-{++lastPolicy:D6}"),
    };

    private static (DateOnly Start, DateOnly End) Dates(OrderRequest wanted)
    {
        var start = Date(wanted.Details, "start") ?? Date(wanted.Questions, "start") ?? default;
        var end = Date(wanted.Details, "end") ?? Date(wanted.Questions, "end") ?? (Text(wanted.Questions, "period") switch
        {
            "fifteen_days" => start.AddDays(15),
            "one_month" => start.AddMonths(1),
            "three_months" => start.AddMonths(3),
            "six_months" => start.AddMonths(6),
            _ => start.AddYears(1),
        }).AddDays(-1);
        return (start, end);
    }

    private static DateOnly? Date(JsonElement? form, string name) =>
        DateOnly.TryParseExact(Text(form, name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is > 1900 and < 3000 ? date : null;

    private static string? Text(JsonElement? form, string name) =>
        form is { ValueKind: JsonValueKind.Object } it && it.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>What everything costs before an insurer's own factor, in ALL.</summary>
internal static class Tariff
{
    public static decimal Of(string kind, JsonElement questions) => kind switch
    {
        "tpl" => 12_000,
        "auto_sos" => 2_500,
        "mini_kasko" => 18_000,
        "green_card" => 9_000,
        "property" => questions.ValueKind == JsonValueKind.Object && questions.TryGetProperty("area", out var area) && area.TryGetInt32(out var metres) ? 40m * metres : 5_000,
        "health" or "travel_health" => 1_500,
        "telehealth" => 3_000,
        _ => 4_000,
    };
}

internal sealed record Offer(string OfferId, string Kind, Money Premium, string Summary, string Details, DateTimeOffset? ValidUntil, string? Chassis);

internal sealed record Rejection(string Code, string Message, IReadOnlyList<string> Fields);

internal sealed record Order(string PurchaseId, OrderStatus Status, string Kind, string Email, DateOnly Start, DateOnly End, string? Number, string? Code);

internal enum OrderStatus
{
    Issued,
    Pending,
    Refused,
    Cancelled,
}

internal sealed record OrderRequest(
    string? PurchaseId, string? OfferId, string? Kind, JsonElement? Questions, JsonElement? Details, Money? Premium, string? Email);
