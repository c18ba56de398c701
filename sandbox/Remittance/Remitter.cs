using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Remittance;

/// <summary>The remitter's books: money sent from abroad, paid out once. Every method is one step under one lock.</summary>
internal sealed class Remitter
{
    public const string Id = "ria";

    private readonly Lock gate = new();
    private readonly RemittanceSeed seed = SeedData.Read<RemittanceSeed>("ria.json");
    private Dictionary<string, SentRemittance> remittances;
    private Dictionary<string, Payout> payouts = new(StringComparer.Ordinal);
    private int lastReference;

    public Remitter() => remittances = seed.ByPin();

    public IReadOnlyList<SentRemittance> All()
    {
        lock (gate)
        {
            return [.. remittances.Values];
        }
    }

    public SentRemittance? Find(string pin)
    {
        lock (gate)
        {
            return remittances.GetValueOrDefault(pin);
        }
    }

    public Payout? FindPayout(string payoutId)
    {
        lock (gate)
        {
            return payouts.GetValueOrDefault(payoutId);
        }
    }

    public IReadOnlyList<Payout> Payouts()
    {
        lock (gate)
        {
            return [.. payouts.Values];
        }
    }

    public bool Add(SentRemittance remittance)
    {
        lock (gate)
        {
            return remittances.TryAdd(remittance.Pin, remittance);
        }
    }

    public bool Turn(string pin, RemittanceStatus status)
    {
        lock (gate)
        {
            return remittances.TryGetValue(pin, out var remittance) && (remittances[pin] = remittance with { Status = status }) is not null;
        }
    }

    /// <summary>Takes a payout once, however often it is sent.</summary>
    /// <returns>Null when the PIN is unknown.</returns>
    public (Payout Payout, bool IsNew)? Take(string payoutId, string pin, bool isPending, string? refuseWith)
    {
        lock (gate)
        {
            if (payouts.TryGetValue(payoutId, out var known))
            {
                return (payouts[payoutId] = known with { TimesSent = known.TimesSent + 1 }, false);
            }

            if (!remittances.ContainsKey(pin))
            {
                return null;
            }

            var payout = new Payout(payoutId, pin, PayoutStatus.Pending, null, null, 1);
            payouts.Add(payoutId, payout);
            return (isPending ? payout : Decide(payout, refuseWith), true);
        }
    }

    public Payout? Settle(string payoutId, string? refuseWith)
    {
        lock (gate)
        {
            return payouts.TryGetValue(payoutId, out var payout) && payout.Status == PayoutStatus.Pending ? Decide(payout, refuseWith) : null;
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            remittances = seed.ByPin();
            payouts = new(StringComparer.Ordinal);
        }
    }

    private Payout Decide(Payout payout, string? refuseWith)
    {
        var remittance = remittances[payout.Pin];
        var code = refuseWith ?? remittance.Status switch
        {
            RemittanceStatus.Paid => "already_paid",
            RemittanceStatus.Cancelled => "cancelled",
            _ => null,
        };
        if (code is null)
        {
            remittances[payout.Pin] = remittance with { Status = RemittanceStatus.Paid };
        }

        return payouts[payout.PayoutId] = payout with
        {
            Status = code is null ? PayoutStatus.Confirmed : PayoutStatus.Refused,
            Code = code,
            Reference = code is null ? FormattableString.Invariant($"RIA-{++lastReference:D6}") : null,
        };
    }
}

internal sealed record RemittanceSeed(IReadOnlyList<SentRemittance> Remittances)
{
    public Dictionary<string, SentRemittance> ByPin() => Remittances.ToDictionary(remittance => remittance.Pin, StringComparer.Ordinal);
}

/// <param name="Beneficiary">First and last name, as the sender gave them.</param>
internal sealed record SentRemittance(string Pin, string Sender, string SenderCountry, string Beneficiary, Money Amount, RemittanceStatus Status);

internal enum RemittanceStatus
{
    Available,
    Paid,
    Cancelled,
}

internal sealed record Payout(string PayoutId, string Pin, PayoutStatus Status, string? Reference, string? Code, int TimesSent);

internal enum PayoutStatus
{
    Pending,
    Confirmed,
    Refused,
}
