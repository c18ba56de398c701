namespace Serverless.Sandbox.Knobs;

/// <summary>Somebody outside the bank, with its knobs.</summary>
internal sealed class Party(string id, string name, PartyKind kind, string? webhookSecret)
{
    private readonly Lock gate = new();
    private KnobSet knobs = KnobSet.Well;
    private Random chance = new(0);

    public string Id { get; } = id;

    public string Name { get; } = name;

    public PartyKind Kind { get; } = kind;

    /// <summary>Signs its webhooks unless the settings name another; public, for one machine only.</summary>
    public string? WebhookSecret { get; } = webhookSecret;

    public KnobSet Knobs
    {
        get
        {
            lock (gate)
            {
                return knobs;
            }
        }
    }

    /// <summary>Starts the generator anew, so that the same calls in the same order fare the same.</summary>
    public void Turn(KnobSet to)
    {
        lock (gate)
        {
            knobs = to;
            chance = new Random(to.Seed);
        }
    }

    /// <summary>Each call takes the same number of draws whatever the knobs say, so one knob does not shift the luck of another.</summary>
    public Mood Draw()
    {
        lock (gate)
        {
            var (error, errorKind, timeout, lose, pending) =
                (chance.NextDouble(), chance.NextDouble(), chance.NextDouble(), chance.NextDouble(), chance.NextDouble());
            return new Mood(
                TimeSpan.FromMilliseconds(knobs.LatencyMs),
                error < knobs.ErrorRate ? errorKind < 0.5 ? 500 : 503 : null,
                timeout < knobs.TimeoutRate,
                lose < knobs.LoseAnswerRate,
                pending < knobs.PendingRate,
                knobs.SettleAfterMs is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
                knobs.RefuseWith);
        }
    }
}

internal enum PartyKind
{
    Biller,
    Gateway,
    Issuer,

    /// <summary>Carries payments between banks.</summary>
    Network,

    /// <summary>Pays out money sent from abroad.</summary>
    Remitter,

    /// <summary>Manages pension funds.</summary>
    Pensions,

    /// <summary>Offers and issues policies.</summary>
    Insurer,

    /// <summary>Keeps the cards.</summary>
    CardProcessor,

    /// <summary>Reads text in pictures.</summary>
    Ocr,

    /// <summary>Authenticates card purchases and makes cards.</summary>
    CardServer,

    /// <summary>Looks for malware.</summary>
    Scanner,

    /// <summary>Films people with their documents.</summary>
    VideoIdentifier,

    /// <summary>Publishes whom nobody may do business with.</summary>
    Sanctions,

    /// <summary>Publishes daily reference rates.</summary>
    Rates,

    /// <summary>Knows who owes what to whom.</summary>
    CreditRegistry,

    /// <summary>Makes qualified electronic signatures.</summary>
    Signer,

    /// <summary>Hears from the bank what waits for people, and sends what they have decided.</summary>
    BackOffice,
}
