namespace Serverless.Sandbox.Knobs;

/// <summary>All parties, in the order in which people see them.</summary>
internal sealed class Parties
{
    private readonly Dictionary<string, Party> byId = new(StringComparer.Ordinal);

    public IReadOnlyList<Party> All => [.. byId.Values];

    /// <summary>Called while the sandbox is put together; the set does not change afterwards.</summary>
    public Party Add(string id, string name, PartyKind kind)
    {
        var party = new Party(id, name, kind);
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
