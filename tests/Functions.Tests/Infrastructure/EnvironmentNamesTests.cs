using Microsoft.Extensions.Configuration;
using Serverless.Functions.Settings;

namespace Serverless.Functions.Tests.Infrastructure;

public sealed class EnvironmentNamesTests
{
    [Fact]
    public void A_single_underscore_inside_a_section_is_a_hyphen_and_the_hosts_names_stay()
    {
        Environment.SetEnvironmentVariable("EnvironmentNamesTests__Billers__traffic_police__Url__0", "here");
        Environment.SetEnvironmentVariable("ENVIRONMENT_NAMES_TESTS", "there");
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables();
        configuration.AddEnvironmentVariables("ENVIRONMENT_NAMES_");

        configuration.ReadUnderscoresAsHyphens();

        Assert.Equal("here", configuration["EnvironmentNamesTests:Billers:traffic-police:Url:0"]);
        Assert.Equal(["traffic-police"], configuration.GetSection("EnvironmentNamesTests:Billers").GetChildren().Select(child => child.Key));
        Assert.Equal("there", configuration["ENVIRONMENT_NAMES_TESTS"]);
        Assert.Equal("there", configuration["TESTS"]);
    }
}
