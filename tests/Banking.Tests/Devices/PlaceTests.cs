using Serverless.Banking.Devices;

namespace Serverless.Banking.Tests.Devices;

public sealed class PlaceTests
{
    [Theory]
    [InlineData("41.32754,19.81872", "41.328,19.819")]
    [InlineData("-41.32754,-0.0004", "-41.328,0.000")]
    [InlineData("90,180", "90,180")]
    public void A_place_is_kept_to_about_a_hundred_metres(string exact, string kept) => Assert.Equal(Place.Find(kept), Place.Find(exact));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("41.3")]
    [InlineData("90.01,0")]
    [InlineData("0,-180.01")]
    [InlineData("41.3;19.8")]
    [InlineData("1e1,2")]
    [InlineData("41.3,19.8,0")]
    public void What_is_no_place_is_none(string? text) => Assert.Null(Place.Find(text));
}
