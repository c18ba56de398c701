namespace Serverless.Sandbox.Knobs;

/// <summary>All parties, in the order in which people see them.</summary>
internal sealed class Parties
{
    private readonly Dictionary<string, Party> byId = new(StringComparer.Ordinal);

    public IReadOnlyList<Party> All => [.. byId.Values];

    /// <summary>Called while the sandbox is put together; the set does not change afterwards.</summary>
    /// <param name="webhookSecret">Null for who sends no webhooks.</param>
    public Party Add(string id, string name, PartyKind kind, string? webhookSecret = null)
    {
        var party = new Party(id, name, kind, webhookSecret);
        byId.Add(id, party);
        return party;
    }

    public Party? Find(string id) => byId.GetValueOrDefault(id);

    public void Reset()
    {
        foreach (var party in byId.Values)
        {
            party.Turn(KnobSet.Well);
        }
    }
}
