namespace Serverless.Banking.Webhooks;

internal sealed class EndpointRules(AllowedAddresses allowed, EventTypes types)
{
    /// <param name="address">Null: it is not being changed.</param>
    public IReadOnlyList<Invalid> Faults(Uri? address, IReadOnlyList<string>? wanted)
    {
        List<Invalid> faults = [];
        if (address is not null && !allowed.IsAllowed(address))
            faults.Add(new EndpointAddressNotAllowed("/address"));
        for (var i = 0; i < (wanted?.Count ?? 0); i++)
        {
            if (!types.IsKnown(wanted![i]))
                faults.Add(new EventTypeUnknown($"/eventTypes/{i}"));
        }

        return faults;
    }

    /// <summary>As the audit trail names an endpoint.</summary>
    public static string ResourceOf(Guid id) => $"webhook-endpoint/{id:D}";

    /// <summary>For the trail: where, what, and whether.</summary>
    public static string Describe(WebhookEndpoint it)
    {
        var text = $"{it.State} {it.Address.Host}: {string.Join(' ', it.Types)}";
        return text.Length <= 1000 ? text : text[..1000];
    }
}
