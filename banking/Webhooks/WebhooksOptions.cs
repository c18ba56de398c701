using System.ComponentModel.DataAnnotations;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Webhooks;

/// <summary>Settings section <c>Webhooks</c>: what the bank tells back offices by itself, and what it keeps of what partners tell.</summary>
public sealed class WebhooksOptions : IValidatableObject
{
    /// <summary>Seals the endpoints' secrets and kept messages: 32 bytes in base64. A secret.</summary>
    [Secret]
    public string Key { get; set; } = "";

    /// <summary>Keys of before, which still open what they sealed. Secrets.</summary>
    [Secret]
    public IList<string> OldKeys { get; } = [];

    /// <summary>True: endpoints may be on private networks and on this machine, and without TLS. For back offices beside the bank, and for one machine.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>One try, from the look-up of the name to the head of the answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the secret of before is still signed with.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan OldSecretHolds { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Endpoints that there may be at once.</summary>
    [Range(1, 100)]
    public int EndpointsAtMost { get; set; } = 20;

    /// <summary>What was told, and to whom, is erased afterwards.</summary>
    [Range(4, 400)]
    public int DeliveriesKeptDays { get; set; } = 30;

    /// <summary>Ids of partners' messages are erased afterwards: none is sent again so late.</summary>
    [Range(1, 400)]
    public int MessagesKeptDays { get; set; } = 7;

    /// <summary>A partner's message that has failed so often is taken from it, and kept for the staff.</summary>
    [Range(1, 20)]
    public int FailuresUntilKept { get; set; } = 5;

    /// <summary>What sends, beneath time-outs; null for sockets whose addresses are judged.</summary>
    public Func<HttpMessageHandler>? Transport { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        OldKeys.Prepend(Key).Where(key => !QuotesOptions.IsKey(key)).Select(_ => new ValidationResult("Webhooks:Key and Webhooks:OldKeys are 32 bytes in base64."));
}
