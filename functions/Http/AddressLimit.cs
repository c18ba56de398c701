using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking;
using Serverless.Banking.Credentials;

namespace Serverless.Functions.Http;

/// <summary>Whoever calls it is counted by the network address, before anything is read, and sent away for a while when it is too often (429, <c>Retry-After</c>).</summary>
/// <remarks>Every public operation that proves who somebody is has it, or says why not.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LimitsAddressAttribute(AddressUse use) : Attribute
{
    public AddressUse Use { get; } = use;
}

/// <summary>Changes something, is open to everybody and does not count the callers of an address.</summary>
/// <param name="why">A sentence for who reviews it.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NoAddressLimitAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}

internal static class AddressLimit
{
    /// <returns>Null when the call may go on.</returns>
    public static async Task<Error?> RefuseAsync(HttpContext http, LimitsAddressAttribute? limit)
    {
        if (limit is null)
            return null;
        var taken = await http.RequestServices.GetRequiredService<LimitAddress>().RunAsync(http.Request.Address(), limit.Use, http.RequestAborted);
        return taken.IsSuccess ? null : taken.Error;
    }
}
