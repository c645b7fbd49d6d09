// A later step with the .NET SDK: once with the token of its environment, once with the account.
using Microsoft.Extensions.DependencyInjection;
using Speckle.Sdk;
using Speckle.Sdk.Credentials;

var services = new ServiceCollection();
services.AddSpeckleSdk(new("Self-test", "self-test"), "1");
using var provider = services.BuildServiceProvider();

var server = new Uri(Environment.GetEnvironmentVariable("SPECKLE_SERVER")!);
var token = Environment.GetEnvironmentVariable("SPECKLE_TOKEN")!;
var fromToken = await provider.GetRequiredService<IAccountFactory>().CreateAccount(server, token);
Console.WriteLine($"{fromToken.userInfo.name} with the token");

var fromAccount = provider.GetRequiredService<IAccountManager>().GetDefaultAccount();
if (fromAccount?.token != token)
{
  throw new InvalidOperationException("The default account is not the one of the token.");
}
Console.WriteLine($"{fromAccount.userInfo.name} with the account");
