using Microsoft.AspNetCore.Http;
using Serverless.Banking.Devices;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

/// <summary>From which of the customer's devices a call comes.</summary>
internal static class CallingDevice
{
    /// <summary>Degrees north and east, only where the customer lets the app know: <c>41.3275,19.8187</c>.</summary>
    public const string PlaceHeader = "Device-Location";

    public const string PlaceMeaning = "Where the phone is, as `41.3275,19.8187`, if the customer lets the app know; kept rounded to about 100 metres.";

    /// <summary>The function declares a customer's right.</summary>
    public static DeviceCaller Device(this HttpRequest request) => request.CustomerCaller() is var caller
        ? new DeviceCaller(caller.Id, caller.Installation, caller.Session.Value, request.CustomerActor()) { Place = request.Place() }
        : throw new InvalidOperationException();

    /// <summary>Null when the app does not say, or says something that is no place.</summary>
    public static Place? Place(this HttpRequest request) => request.Headers[PlaceHeader] is [{ } text] ? Banking.Devices.Place.Find(text) : null;
}
